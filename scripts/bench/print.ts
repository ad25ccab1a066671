import type { Finding } from "./budget.ts";
import type { Machine } from "./machine.ts";

const number = (value: number): string => {
	if (!Number.isFinite(value)) return "?";
	if (Number.isInteger(value)) return value.toString();
	return value >= 100 ? value.toFixed(0) : value.toFixed(3);
};

const ratio = (value: number): string => value.toFixed(2);

/** "appendBytes" -> "append bytes". */
const words = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Names the machine: every absolute figure below is of this one only. */
export const machineLines = (machine: Machine): string[] => [
	`${machine.cores} cores ${machine.cpu}, ${machine.memoryMb} MB; Node ${machine.node}; ${machine.disk} under ${machine.directory}`,
	...(machine.isDiskInMemory
		? ["This disk lies in memory, where a sync costs nothing: choose another with --directory."]
		: []),
];

/** A finding as people read it: the verdict and the ratio, then the absolute figures. */
export const findingLines = (finding: Finding): string[] => {
	const { budget } = finding;
	const { median, lowest, highest } = finding.ratio;
	const figures = Object.entries(finding.figures).map(([name, value]) => `${words(name)} ${number(value)}`);
	return [
		`${finding.isKept ? "kept  " : "MISSED"} ${finding.name}: ${ratio(median)} (${ratio(lowest)} to ${ratio(highest)}), ${budget.is} ${ratio(budget.ratio)}`,
		`       ${finding.ratioOf}; ${figures.join(", ")}`,
	];
};
