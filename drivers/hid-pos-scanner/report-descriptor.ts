/** One field of a report: `count` elements of `bitSize` bits each. */
export interface ReportField {
	readonly kind: "input" | "output" | "feature";
	/** 0: the device numbers no reports. */
	readonly reportId: number;
	/** Usage page in the upper 16 bits, usage in the lower, one an element; the last counts for all that follow. */
	readonly usages: readonly number[];
	/** From the first byte behind the report's id. */
	readonly bitOffset: number;
	readonly bitSize: number;
	readonly count: number;
}

/** What the kernel takes at most (HID_MAX_DESCRIPTOR_SIZE, HID_MAX_BUFFER_SIZE and HID_MAX_USAGES of Linux). */
const DESCRIPTOR_BYTES_MAX = 4_096;
const REPORT_BITS_MAX = 16_384 * 8;
const USAGES_MAX = 12_288;

const LONG_ITEM = 0xfe;

/** Tags and types of short items: the upper six bits of the first byte (HID 1.11 section 6.2.2). */
const ITEM = {
	input: 0x80,
	output: 0x90,
	feature: 0xb0,
	collection: 0xa0,
	endCollection: 0xc0,
	usagePage: 0x04,
	reportSize: 0x74,
	reportId: 0x84,
	reportCount: 0x94,
	push: 0xa4,
	pop: 0xb4,
	usage: 0x08,
	usageMinimum: 0x18,
	usageMaximum: 0x28,
} as const;

interface Globals {
	readonly usagePage: number;
	readonly reportSize: number;
	readonly reportId: number;
	readonly reportCount: number;
}

/** A usage as it stands: two bytes take their page from the item that uses them (HID 1.11 section 6.2.2.8), four bring it. */
interface Usage {
	readonly value: number;
	readonly hasPage: boolean;
}

class Reading {
	readonly fields: ReportField[] = [];
	readonly #bitLengths = new Map<string, number>();
	readonly #stack: Globals[] = [];
	#globals: Globals = { usagePage: 0, reportSize: 0, reportId: 0, reportCount: 0 };
	#usages: Usage[] = [];
	#minimum: Usage | null = null;

	/** False when the descriptor says what none may say. */
	take(item: number, value: number, size: number): boolean {
		switch (item) {
			case ITEM.usagePage:
				this.#globals = { ...this.#globals, usagePage: value };
				return value <= 0xffff;
			case ITEM.reportSize:
				this.#globals = { ...this.#globals, reportSize: value };
				return true;
			case ITEM.reportId:
				this.#globals = { ...this.#globals, reportId: value };
				return value > 0 && value <= 0xff;
			case ITEM.reportCount:
				this.#globals = { ...this.#globals, reportCount: value };
				return true;
			case ITEM.push:
				this.#stack.push(this.#globals);
				return true;
			case ITEM.pop: {
				const globals = this.#stack.pop();
				this.#globals = globals ?? this.#globals;
				return globals !== undefined;
			}
			case ITEM.usage:
				this.#usages.push({ value, hasPage: size === 4 });
				return true;
			case ITEM.usageMinimum:
				this.#minimum = { value, hasPage: size === 4 };
				return true;
			case ITEM.usageMaximum:
				return this.#range(value);
			case ITEM.input:
				return this.#field("input");
			case ITEM.output:
				return this.#field("output");
			case ITEM.feature:
				return this.#field("feature");
			case ITEM.collection:
			case ITEM.endCollection:
				this.#endLocals();
				return true;
			default:
				return true;
		}
	}

	#range(maximum: number): boolean {
		const minimum = this.#minimum;
		if (minimum === null) return true;
		if (maximum < minimum.value || this.#usages.length + maximum - minimum.value >= USAGES_MAX) return false;
		for (let value = minimum.value; value <= maximum; value += 1) {
			this.#usages.push({ value, hasPage: minimum.hasPage });
		}
		return true;
	}

	#field(kind: ReportField["kind"]): boolean {
		const { usagePage, reportSize: bitSize, reportId, reportCount: count } = this.#globals;
		const report = `${kind} ${reportId}`;
		const bitOffset = this.#bitLengths.get(report) ?? 0;
		const bitLength = bitOffset + bitSize * count;
		if (bitLength > REPORT_BITS_MAX) return false;
		this.#bitLengths.set(report, bitLength);
		const usages = this.#usages.map(({ value, hasPage }) => (hasPage ? value : usagePage * 0x10000 + value));
		this.fields.push({ kind, reportId, usages, bitOffset, bitSize, count });
		this.#endLocals();
		return true;
	}

	#endLocals(): void {
		this.#usages = [];
		this.#minimum = null;
	}
}

const littleEndian = (bytes: Uint8Array): number => bytes.reduceRight((value, byte) => value * 0x100 + byte, 0);

/**
 * The fields of a HID report descriptor, in order (HID 1.11 section 6.2.2). Null for what is none: cut short, or beyond what
 * the kernel takes. Pure.
 */
export const parseReportDescriptor = (descriptor: Uint8Array): readonly ReportField[] | null => {
	if (descriptor.length > DESCRIPTOR_BYTES_MAX) return null;
	const reading = new Reading();
	let at = 0;
	while (at < descriptor.length) {
		const first = descriptor[at] ?? 0;
		if (first === LONG_ITEM) {
			const size = descriptor[at + 1];
			if (size === undefined) return null;
			at += 3 + size;
			continue;
		}
		const size = [0, 1, 2, 4][first & 0x03] ?? 0;
		const data = descriptor.subarray(at + 1, at + 1 + size);
		if (data.length < size || !reading.take(first & 0xfc, littleEndian(data), size)) return null;
		at += 1 + size;
	}
	return reading.fields;
};
