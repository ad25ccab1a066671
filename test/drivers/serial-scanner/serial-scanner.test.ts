import { scannerContract } from "../../contract/scanner.contract.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { realLineBench, virtualLineBench } from "../support/line-bench.ts";

scannerContract("serial line", realLineBench(serialFarEnd));
scannerContract("TCP", realLineBench(tcpFarEnd));
scannerContract("virtual line", virtualLineBench);
