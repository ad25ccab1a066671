import { lineDisplayContract } from "../../contract/line-display.contract.ts";
import { realDisplayBench, virtualDisplayBench } from "../support/display-bench.ts";
import { serialFarEnd, tcpFarEnd } from "../support/far-end.ts";
import { displayProfile } from "../support/profiles.ts";

const MODELS = [
	"epson-dm-d110",
	"generic-cd5220",
	"generic-utc",
	"generic-utc-enhanced",
	"generic-aedex",
	"generic-adm787",
	"generic-dsp800",
];

for (const model of MODELS) {
	lineDisplayContract(`${model} on a serial line`, realDisplayBench(serialFarEnd), displayProfile(model));
	lineDisplayContract(`${model} on TCP`, realDisplayBench(tcpFarEnd), displayProfile(model));
	lineDisplayContract(`${model} on a virtual line`, virtualDisplayBench, displayProfile(model));
}

for (const model of ["epson-dm-d110", "generic-cd5220", "generic-utc-enhanced", "generic-aedex", "generic-adm787"]) {
	const wide = { ...displayProfile(model), deviceColumns: 40 };
	lineDisplayContract(`${model} with 40 columns`, virtualDisplayBench, wide);
}
