import { describe, expect, it } from "vitest";
import { scannerContract } from "../../contract/scanner.contract.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { realLineBench, virtualLineBench } from "../support/line-bench.ts";
import { scannerProfile } from "../support/profiles.ts";
import { textScannerBench, virtualScannerBench } from "../support/scanner-bench.ts";

const AIM = scannerProfile("zebra-ds2208-serial");
const PLAIN = scannerProfile("generic-serial-scanner");
const SEVEN_BITS = { ...AIM.serial, dataBits: 7, parity: "even" } as const;
const serial = realLineBench(serialFarEnd);

scannerContract("serial line, CR, LF or both", textScannerBench(serial, AIM));
scannerContract("serial line, no AIM prefix", textScannerBench(serial, PLAIN));
scannerContract("serial line, CR", textScannerBench(serial, { ...AIM, suffix: "cr" }));
scannerContract("serial line, LF", textScannerBench(serial, { ...AIM, suffix: "lf" }));
scannerContract("serial line, CR LF", textScannerBench(serial, { ...AIM, suffix: "crlf" }));
scannerContract("serial line, TAB", textScannerBench(serial, { ...AIM, suffix: "tab" }));
scannerContract("serial line, STX ETX", textScannerBench(serial, { ...AIM, prefix: "\x02", suffix: "etx" }));
scannerContract("serial line, a pause", textScannerBench(serial, { ...AIM, suffix: "none", idleFlushMs: 60 }));
scannerContract("serial line, 7 data bits", textScannerBench(serial, { ...PLAIN, serial: SEVEN_BITS }));
scannerContract("TCP", textScannerBench(realLineBench(tcpFarEnd), AIM));
scannerContract("virtual line", textScannerBench(virtualLineBench, AIM));
scannerContract("virtual scanner", virtualScannerBench(scannerProfile("virtual-scanner")));

describe("a scanner on a serial line", () => {
	it("keeps a QR code whole that holds its suffix", async () => {
		const bench = await textScannerBench(serial, AIM)();
		bench.device.open();
		await bench.online();
		const card = { aim: "]Q1", symbology: "QRCode", data: "BEGIN:VCARD\r\nN:Ås\r\n\r\nEND:VCARD" };
		const milk = { aim: "]E0", symbology: "EAN13", data: "7038010001659" };
		await bench.read(card, milk, card);
		expect(bench.time.scans.map(({ data }) => data)).toEqual([card.data, milk.data, card.data]);
	});

	it("says what to look at when reads have no end, and drops them", async () => {
		const bench = await textScannerBench(serial, AIM)();
		bench.device.open();
		await bench.online();
		await bench.readHalf({ aim: "]E0", symbology: "EAN13", data: "7038010001659" });
		bench.time.timers.advance(1_000);
		expect(bench.time.scans).toEqual([]);
		expect(bench.device.state()).toMatchObject({ power: "online", detail: expect.stringContaining("suffix") });
	});
});
