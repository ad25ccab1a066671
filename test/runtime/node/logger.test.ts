import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createLogger } from "../../../src/runtime/node/logger.ts";

const logged = (
	write: (logger: ReturnType<typeof createLogger>) => void,
	level: "debug" | "info" | "warn" | "error" = "debug",
): Record<string, unknown>[] => {
	const lines: string[] = [];
	write(createLogger({ level, destination: { write: (line) => lines.push(line) } }));
	return lines.map((line) => {
		expect(line.endsWith("\n")).toBe(true);
		return JSON.parse(line);
	});
};

describe("a logged line", () => {
	it("is one JSON object with level, time, message and fields, its parents' too", () => {
		const [line] = logged((logger) =>
			logger.child({ till: "1" }).warn("no paper", { deviceId: "printer", count: 3, gone: undefined, none: null }),
		);
		expect(line).toEqual({
			level: "warn",
			time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
			till: "1",
			deviceId: "printer",
			count: 3,
			none: null,
			msg: "no paper",
		});
	});

	it("is left out below the level", () => {
		const lines = logged((logger) => {
			logger.debug("a");
			logger.info("b");
			logger.warn("c");
			logger.error("d");
		}, "warn");
		expect(lines.map((line) => line["msg"])).toEqual(["c", "d"]);
	});
});

describe("a log that nobody can write", () => {
	it("does not end the program: a full disk behind the log is no reason to stop selling", () => {
		const module = join(import.meta.dirname, "../../../src/runtime/node/logger.ts");
		const script = `
			import { createLogger } from ${JSON.stringify(module)};
			const logger = createLogger({ level: "info" });
			for (let count = 0; count < 10_000; count += 1) logger.info("x".repeat(1_000));
			process.stdout.write("still here");`;
		const full = openSync("/dev/full", "w");
		const ended = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
			stdio: ["ignore", "pipe", full],
		});
		closeSync(full);
		expect({ status: ended.status, said: ended.stdout.toString() }).toEqual({ status: 0, said: "still here" });
	});
});

describe("what looks like a card number", () => {
	it.each([
		["4111111111111111", "411111...1111"],
		["read 4111 1111 1111 1111 at the pump", "read 411111...1111 at the pump"],
		["5500-0000-0000-0004", "550000...0004"],
		["378282246310005", "378282...0005"],
		["a=6304000000000000000b", "a=630400...0000b"],
	])("%s is cut down in messages and fields", (text, clean) => {
		const [line] = logged((logger) => logger.info(text, { code: text }));
		expect(line).toMatchObject({ msg: clean, code: clean });
	});

	it("is cut down when it is a number, and in the fields of a child", () => {
		const [line] = logged((logger) => logger.child({ pan: 4111111111111111 }).info("x"));
		expect(line).toMatchObject({ pan: "411111...1111" });
	});

	it("moments, receipt numbers, article numbers and long hashes stay", () => {
		const fields = {
			utcMs: 1_795_194_000_008,
			receipt: "123456",
			gtin: "7038010001659",
			sha256: "4111111111111111411111111111111141111111111111114111111111111111",
			notLuhn: "4111111111111112",
		};
		const [line] = logged((logger) => logger.info("x", fields));
		expect(line).toMatchObject(fields);
	});
});
