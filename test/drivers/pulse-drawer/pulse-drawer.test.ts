import { drawerContract } from "../../contract/drawer.contract.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { realPrinterBench, virtualPrinterBench } from "../support/printer-bench.ts";

drawerContract("serial line", realPrinterBench(serialFarEnd));
drawerContract("TCP", realPrinterBench(tcpFarEnd));
drawerContract("virtual line", virtualPrinterBench);
