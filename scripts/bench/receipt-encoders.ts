import { Printer } from "@node-escpos/core";
import ReceiptPrinterEncoder from "@point-of-sale/receipt-printer-encoder";
import { CharacterSet, PrinterTypes, ThermalPrinter } from "node-thermal-printer";
import { transform } from "receiptline";
import { encodeJob } from "../../drivers/escpos/encode-job.ts";
import type { PrintElement } from "../../src/devices/contract/devices.ts";
import type { PrinterProfile } from "../../src/devices/contract/profile.ts";

/** One line of the receipt that all encode. */
export interface BenchLine {
	readonly left: string;
	/** At the right edge; "" for none. */
	readonly right: string;
	readonly bold: boolean;
}

/** Columns of font A on an Epson with 80 mm paper. */
const COLUMNS = 42;

const FEED_LINES = 5;

const line = (left: string, right = "", bold = false): BenchLine => ({ left, right, bold });

/** Twenty lines of a Norwegian sale. Every character is in code page 865, which all of them can be told to use. */
export const BENCH_RECEIPT: readonly BenchLine[] = [
	line("Salgskvittering", "", true),
	line("Blåbær og Sønner AS"),
	line("Storgata 1, 0155 Oslo"),
	line("Org.nr. 923456783 MVA"),
	line("Kvittering 123456", "23.11.2026 12:30"),
	line("Kasse 1", "Operatør 1"),
	line("Ærlig blåbærsyltetøy", "49,90"),
	line("Grovbrød fra Østfold", "42,00"),
	line("Lettmelk 1 l", "24,90"),
	line("Kjøttdeig av storfe", "89,90"),
	line("Rømme 3 dl", "31,50"),
	line("Pølser i lompe", "45,00"),
	line("Egg fra frie høner", "52,90"),
	line("Sum", "336,10", true),
	line("Bank", "336,10"),
	line("MVA-grunnlag 15 %", "292,26"),
	line("MVA 15 %", "43,84"),
	line("Åpningstider: hverdager 8-20"),
	line("Velkommen tilbake!"),
	line("Takk for handelen på Grünerløkka"),
];

/** The line as cells, for those who lay out before they encode. */
const laidOut = ({ left, right }: BenchLine): string =>
	right === "" ? left : left + right.padStart(COLUMNS - left.length);

const ELEMENTS: readonly PrintElement[] = [
	...BENCH_RECEIPT.map((each): PrintElement => ({ kind: "text", text: laidOut(each), bold: each.bold })),
	{ kind: "cut" },
];

/** Somebody who makes the bytes of {@link BENCH_RECEIPT}. */
export interface ReceiptEncoder {
	readonly name: string;
	encode(): Uint8Array;
}

/** This program's own encoder, with the profile of a printer whose first code page is 865. */
export const ownEncoder = (profile: PrinterProfile): ReceiptEncoder => {
	const nordic = profile.codePages.filter(({ encoding }) => encoding === "cp865");
	const told = { ...profile, codePages: nordic, cut: { ...profile.cut, feedLines: FEED_LINES } };
	return { name: "tilld", encode: () => encodeJob(ELEMENTS, told) };
};

type Adapter = ConstructorParameters<typeof Printer<[]>>[0];

/** The others, each used as its documentation shows. */
export const OTHER_ENCODERS: readonly ReceiptEncoder[] = [
	{
		name: "@node-escpos/core",
		encode: () => {
			const printer = new Printer<[]>({} as Adapter, {});
			printer.hardware("INIT").encode("cp865").setCharacterCodeTable(5);
			for (const each of BENCH_RECEIPT) {
				if (each.bold) printer.style("B");
				printer.text(laidOut(each));
				if (each.bold) printer.style("NORMAL");
			}
			printer.cut(true, FEED_LINES);
			return printer.buffer.flush();
		},
	},
	{
		name: "receiptline",
		encode: () => {
			const escaped = (text: string): string => text.replace(/[\\|{}~_"`^=-]/g, "\\$&");
			const document = BENCH_RECEIPT.map(({ left, right, bold }) => {
				const styled = bold ? `"${escaped(left)}"` : escaped(left);
				return right === "" ? `${styled} |` : `${styled} | ${escaped(right)}`;
			});
			const settings = { cpl: COLUMNS, encoding: "cp865", command: "escpos" } as const;
			return Buffer.from(transform([...document, "="].join("\n"), settings), "latin1");
		},
	},
	{
		name: "node-thermal-printer",
		encode: () => {
			const printer = new ThermalPrinter({
				type: PrinterTypes.EPSON,
				interface: "tcp://127.0.0.1", // never connected to
				characterSet: CharacterSet.PC865_NORDIC,
				width: COLUMNS,
			});
			for (const each of BENCH_RECEIPT) {
				if (each.bold) printer.bold(true);
				printer.println(laidOut(each));
				if (each.bold) printer.bold(false);
			}
			printer.partialCut();
			return printer.getBuffer();
		},
	},
	{
		name: "@point-of-sale/receipt-printer-encoder",
		encode: () => {
			const encoder = new ReceiptPrinterEncoder({ columns: COLUMNS, language: "esc-pos" });
			encoder.initialize().codepage("cp865");
			for (const each of BENCH_RECEIPT) encoder.bold(each.bold).line(laidOut(each));
			return encoder.cut("partial").encode();
		},
	},
];
