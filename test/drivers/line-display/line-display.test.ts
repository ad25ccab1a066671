import { cd5220Display } from "../../../drivers/line-display/cd5220-display.ts";
import { epsonDisplay } from "../../../drivers/line-display/epson-display.ts";
import { lineDisplayContract } from "../../contract/line-display.contract.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { realLineBench, virtualLineBench } from "../support/line-bench.ts";
import { displayProfile } from "../support/profiles.ts";

const EPSON = { profile: displayProfile("epson-dm-d110"), protocol: epsonDisplay };
const CD5220 = { profile: displayProfile("generic-cd5220"), protocol: cd5220Display };

lineDisplayContract("Epson on a serial line", realLineBench(serialFarEnd), EPSON);
lineDisplayContract("Epson on TCP", realLineBench(tcpFarEnd), EPSON);
lineDisplayContract("Epson on a virtual line", virtualLineBench, EPSON);
lineDisplayContract("CD5220 on a serial line", realLineBench(serialFarEnd), CD5220);
lineDisplayContract("CD5220 on a virtual line", virtualLineBench, CD5220);
