import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedFileHeader } from "../../../src/feed/file/feed-file-format.ts";
import { readFeedFile } from "../../../src/feed/file/read-feed-file.ts";
import { writeFeedFile } from "../../../src/feed/file/write-feed-file.ts";
import { NO_PREVIOUS } from "../../../src/feed/schema/message.ts";
import { Fault } from "../../../src/runtime/contract/fault.ts";
import { MemoryFeed, sha256 } from "../test-till.ts";

let directory: string;
let path: string;

beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "tilld-feed-file-"));
	path = join(directory, "S1-01.jsonl");
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

const feed = new MemoryFeed();
feed.add(20);

const headerFor = (fromFeedSeq: number, toFeedSeq: number): FeedFileHeader => ({
	format: "tilld-feed",
	v: 1,
	journalId: feed.journalId,
	...feed.address,
	fromFeedSeq,
	toFeedSeq,
});

const bytesOf = (from: number, to: number): Uint8Array[] => feed.stored.slice(from - 1, to).map(({ bytes }) => bytes);

const write = (from: number, to: number): Promise<unknown> =>
	writeFeedFile(path, bytesOf(from, to), headerFor(from, to));

/** The messages of a file, as text. */
const readAll = async (): Promise<string[]> => {
	const file = await readFeedFile(path);
	try {
		const texts: string[] = [];
		for await (const { bytes } of file.messages()) texts.push(Buffer.from(bytes).toString());
		return texts;
	} finally {
		await file.close();
	}
};

const faultOf = async (act: Promise<unknown>): Promise<Fault> => {
	const thrown: unknown = await act.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (thrown instanceof Fault) return thrown;
	throw new Error(`no fault: ${String(thrown)}`);
};

/** Changes one line of the file, from 1. */
const changeLine = (line: number, change: (text: string) => string | undefined): void => {
	const lines = readFileSync(path, "utf8").split("\n");
	const changed = change(lines[line - 1] ?? "");
	lines.splice(line - 1, 1, ...(changed === undefined ? [] : [changed]));
	writeFileSync(path, lines.join("\n"));
};

describe("a feed file", () => {
	it("gives back the bytes that were written, twice if asked", async () => {
		await write(4, 12);
		const expected = bytesOf(4, 12).map((bytes) => Buffer.from(bytes).toString());
		expect(await readAll()).toEqual(expected);
		const file = await readFeedFile(path);
		expect(file.header).toEqual(headerFor(4, 12));
		for (let round = 0; round < 2; round++) {
			let count = 0;
			for await (const { line } of file.messages()) {
				count += 1;
				expect(line).toBe(count + 1);
			}
			expect(count).toBe(9);
		}
		await file.close();
	});

	it("is checked by hand with sed and sha256sum", async () => {
		await write(1, 20);
		const sum = execFileSync("sh", ["-c", `sed '1d;$d' "${path}" | sha256sum`])
			.toString()
			.slice(0, 64);
		expect(readFileSync(path, "utf8").trimEnd().split("\n").at(-1)).toBe(`{"count":20,"sha256":"${sum}"}`);
	});

	it("may hold nothing", async () => {
		await write(21, 20);
		expect(await readAll()).toEqual([]);
	});

	it("holds lines longer than a read, and messages of any characters", async () => {
		const many = new MemoryFeed();
		for (let n = 0; n < 30; n++) many.add(1);
		const padded = many.stored.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()));
		let prev = padded[0].prev;
		const bytes = padded.map((message) => {
			const text = JSON.stringify({ ...message, prev, body: { type: "x", text: "æ\n\u2028€😀".repeat(4_000) } });
			prev = sha256(Buffer.from(text));
			return Buffer.from(text);
		});
		await writeFeedFile(path, bytes, headerFor(1, 30));
		expect(await readAll()).toEqual(bytes.map((one) => one.toString()));
	});

	it("carries kinds and fields that the reader does not know: a newer till's feed comes by hand as by the broker", async () => {
		let prev = NO_PREVIOUS;
		const bytes = bytesOf(1, 3).map((message, index) => {
			const { reissueOf: _, ...fields } = JSON.parse(Buffer.from(message).toString());
			const text = JSON.stringify({ ...fields, prev, ...(index === 1 ? { kind: "weighing", scale: 2 } : {}) });
			prev = sha256(Buffer.from(text));
			return Buffer.from(text);
		});
		await writeFeedFile(path, bytes, headerFor(1, 3));
		expect(await readAll()).toEqual(bytes.map(String));
	});

	it("appears whole or not at all", async () => {
		await write(1, 5);
		const before = readFileSync(path);
		const failing = (function* () {
			yield* bytesOf(1, 3);
			throw new Error("disk I/O error");
		})();
		expect((await faultOf(writeFeedFile(path, failing, headerFor(1, 5)))).code).toBe("TILL-0821");
		expect((await faultOf(writeFeedFile(path, bytesOf(1, 4), headerFor(1, 5)))).code).toBe("TILL-0823");
		expect((await faultOf(writeFeedFile(path, [Buffer.from("{\n}")], headerFor(1, 1)))).code).toBe("TILL-0823");
		expect(readFileSync(path).equals(before)).toBe(true);
		expect(readdirSync(directory)).toEqual(["S1-01.jsonl"]);
	});

	it("says which path cannot be written or read", async () => {
		const nowhere = join(directory, "not", "there.jsonl");
		const faults = [await faultOf(writeFeedFile(nowhere, [], headerFor(1, 0))), await faultOf(readFeedFile(nowhere))];
		for (const fault of faults) {
			expect(fault.code).toBe("TILL-0821");
			expect(fault.message).toContain(nowhere);
		}
	});
});

describe("a damaged feed file is refused before anything is taken in", () => {
	const damages: { what: string; code: string; line: number; damage: () => void }[] = [
		{ what: "is empty", code: "TILL-0822", line: 1, damage: () => writeFileSync(path, "") },
		{ what: "is something else", code: "TILL-0822", line: 1, damage: () => writeFileSync(path, "a;b;c\n1;2;3\n") },
		{
			what: "is of a newer version",
			code: "TILL-0822",
			line: 1,
			damage: () => changeLine(1, (t) => t.replace('"v":1', '"v":2')),
		},
		{
			what: "has a changed amount",
			code: "TILL-0824",
			line: 6,
			damage: () => changeLine(5, (t) => t.replace("æøå 1", "æøå 2")),
		},
		{
			what: "has a line that is no JSON",
			code: "TILL-0823",
			line: 5,
			damage: () => changeLine(5, (t) => t.slice(0, 40)),
		},
		{ what: "has lost a line", code: "TILL-0823", line: 5, damage: () => changeLine(5, () => undefined) },
		{ what: "has lost the first message", code: "TILL-0823", line: 2, damage: () => changeLine(2, () => undefined) },
		{ what: "has lost the last message", code: "TILL-0825", line: 11, damage: () => changeLine(11, () => undefined) },
		{ what: "has lost its last line", code: "TILL-0825", line: 11, damage: () => changeLine(12, () => undefined) },
		{
			what: "is cut off in the middle of a line",
			code: "TILL-0825",
			line: 6,
			damage: () => writeFileSync(path, readFileSync(path).subarray(0, 2_000)),
		},
		{
			what: "lacks the very last line feed",
			code: "TILL-0825",
			line: 12,
			damage: () => writeFileSync(path, readFileSync(path).subarray(0, -1)),
		},
		{
			what: "holds another journal's message",
			code: "TILL-0823",
			line: 4,
			damage: () => changeLine(4, (t) => t.replace(feed.journalId, "01K0000000000000000000000B")),
		},
		{
			what: "holds a line without end",
			code: "TILL-0823",
			line: 4,
			damage: () => changeLine(4, () => "x".repeat(3_000_000)),
		},
	];

	it.each(damages)("when it $what", async ({ damage, code, line }) => {
		await write(1, 10);
		damage();
		const fault = await faultOf(readFeedFile(path));
		expect(fault.problems[0]).toMatch(new RegExp(`^line ${line}: ${code} `));
		expect(fault.code).toBe(code);
	});

	it("with every problem named, not the first only", async () => {
		await write(1, 10);
		for (const line of [3, 6, 9]) changeLine(line, () => "{}");
		const { problems } = await faultOf(readFeedFile(path));
		expect(problems).toHaveLength(4);
		for (const line of [3, 6, 9, 12]) expect(problems.some((text) => text.startsWith(`line ${line}: `))).toBe(true);
	});

	it("whatever single byte is changed", async () => {
		await write(1, 4);
		const whole = readFileSync(path);
		await fc.assert(
			fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
				const damaged = Buffer.from(whole);
				damaged.writeUInt8(damaged.readUInt8(at) ^ by, at);
				writeFileSync(path, damaged);
				await faultOf(readFeedFile(path));
			}),
			{ numRuns: 300 },
		);
	});

	it("when it changes while it is taken in", async () => {
		await write(1, 10);
		const file = await readFeedFile(path);
		changeLine(5, (text) => text.replace("æøå 1", "æøå 2"));
		const goThrough = async (): Promise<void> => {
			for await (const _message of file.messages());
		};
		expect((await faultOf(goThrough())).code).toBe("TILL-0825");
		await file.close();
	});
});
