import { printerContract } from "../../contract/printer.contract.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { realPrinterBench, virtualPrinterBench } from "../support/printer-bench.ts";

printerContract("serial line", realPrinterBench(serialFarEnd));
printerContract("TCP", realPrinterBench(tcpFarEnd));
printerContract("virtual line", virtualPrinterBench);
