import { printerContract } from "../../contract/printer.contract.ts";
import { serialFarEnd, tcpFarEnd, usbFarEnd, usblpFarEnd } from "../support/far-end.ts";
import { realPrinterBench, virtualPrinterBench } from "../support/printer-bench.ts";

printerContract("serial line", realPrinterBench(serialFarEnd));
printerContract("TCP", realPrinterBench(tcpFarEnd));
printerContract("character device", realPrinterBench(usblpFarEnd));
printerContract("USB", realPrinterBench(usbFarEnd));
printerContract("virtual line", virtualPrinterBench);
