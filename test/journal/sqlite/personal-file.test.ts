import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { PersonalFile, personalFileIn } from "../../../src/journal/sqlite/personal-file.ts";
import type { Entropy } from "../../../src/runtime/contract/clock.ts";
import { attack } from "../support/attacker.ts";
import { tempDir } from "../support/temp-dir.ts";

const KARI = { name: "Kari Nordmann", street: "Storgata 1" };

const countingEntropy = (): Entropy => {
	let calls = 0;
	return {
		bytes: (count) => {
			calls += 1;
			return new Uint8Array(count).fill(calls);
		},
	};
};

const personalFile = (directory: string) => {
	const file = new PersonalFile(personalFileIn(directory), countingEntropy());
	onTestFinished(() => file.close());
	return file;
};

describe("PersonalFile", () => {
	it("gives data back by its id, and two marks of the same data have nothing in common", () => {
		const file = personalFile(tempDir());
		const first = file.putPerson(KARI);
		const second = file.putPerson(KARI);
		expect(first.personId).not.toBe(second.personId);
		expect(first.saltedHash).not.toBe(second.saltedHash);
		expect(file.person(first.personId, first.saltedHash)).toEqual(KARI);
		expect(file.person(second.personId)).toEqual(KARI);
		expect(file.person("nobody")).toBeUndefined();
	});

	it("erases for good: nothing of it is left in any byte of the files", () => {
		const directory = tempDir();
		const file = personalFile(directory);
		const kari = file.putPerson(KARI);
		const ola = file.putPerson({ name: "Ola Hansen" });
		const bytes = () =>
			readdirSync(directory)
				.map((name) => readFileSync(join(directory, name), "latin1"))
				.join("");
		expect(bytes()).toContain("Nordmann");
		expect(file.erasePerson(kari.personId)).toBe(true);
		expect(file.erasePerson(kari.personId)).toBe(false);
		expect(file.person(kari.personId, kari.saltedHash)).toBeUndefined();
		expect(bytes()).not.toContain("Nordmann");
		expect(file.person(ola.personId)).toEqual({ name: "Ola Hansen" });
	});

	it("notices data that is not what the chain vouches for", () => {
		const directory = tempDir();
		const file = personalFile(directory);
		const { personId, saltedHash } = file.putPerson(KARI);
		attack(personalFileIn(directory), (database) => database.exec(`UPDATE person SET text = '{"name":"Per"}'`));
		expect(() => file.person(personId, saltedHash)).toThrow("TILL-0618");
	});
});
