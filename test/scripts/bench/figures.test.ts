import { describe, expect, it } from "vitest";
import { judged } from "../../../scripts/bench/budget.ts";
import { quantile, spreadOf } from "../../../scripts/bench/figures.ts";

describe("quantile", () => {
	it("is a measured value: of a hundred the p99 is the last but one, the median the fiftieth", () => {
		const values = Array.from({ length: 100 }, (_, index) => 100 - index);
		expect(quantile(values, 0.99)).toBe(99);
		expect(quantile(values, 0.5)).toBe(50);
		expect(quantile(values, 0)).toBe(1);
		expect(quantile(values, 1)).toBe(100);
	});

	it("sorts by size, not by spelling", () => {
		expect(quantile([9, 10, 100], 0.5)).toBe(10);
	});
});

describe("judged", () => {
	const found = { name: "n", ratioOf: "a / b", figures: {} };

	it("takes the middle round, not the mean: one bad round spoils nothing", () => {
		const ratio = spreadOf([0.9, 0.1, 0.95, 0.86, 0.9]);
		expect(judged({ ...found, ratio, budget: { is: "at least", ratio: 0.85 } }).isKept).toBe(true);
	});

	it("misses a budget on its own side only, and is in it on the line", () => {
		const ratio = spreadOf([1.5]);
		expect(judged({ ...found, ratio, budget: { is: "at most", ratio: 1.5 } }).isKept).toBe(true);
		expect(judged({ ...found, ratio, budget: { is: "at most", ratio: 1.4 } }).isKept).toBe(false);
		expect(judged({ ...found, ratio, budget: { is: "at least", ratio: 1.6 } }).isKept).toBe(false);
	});
});
