import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tillctl } from "../../../src/cli/tillctl/program.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { collecting, type Told } from "../support/commander.ts";

/** A box with a filled-in till.yaml that has no devices, and nothing running. */
export interface BareBox {
	readonly directory: string;
	/** Its till.yaml. */
	readonly file: string;
	text(): string;
	/** `tillctl device ...` on this box. */
	device(...args: readonly string[]): Promise<Told>;
	/** The same with a person at the terminal, who answers each question. */
	deviceWithPerson(answer: (question: string) => string | null, ...args: readonly string[]): Promise<Told>;
	/** The same in JSON. */
	deviceJson(...args: readonly string[]): Promise<{ code: number; answer: Record<string, unknown> }>;
}

/** The installer's till.yaml as a technician has filled it in. */
export const filledIn = (): string =>
	readFileSync("systemd/examples/till.yaml", "utf8")
		.replace("<STORE>", "S1")
		.replace("<TILL>", '"1"')
		.replace('name: ""', "name: Shop")
		.replace("<NINE DIGITS>", '"923456783"')
		.replace("<mqtts://BROKER:8883>", "mqtts://broker.example:8883");

/** Makes one. */
export const bareBox = (text = filledIn()): BareBox => {
	const directory = tempDir();
	const file = join(directory, "till.yaml");
	writeFileSync(file, text);
	const commandLine = (args: readonly string[]): readonly string[] => [
		"--socket",
		join(directory, "none.sock"),
		"device",
		...args,
		"--config",
		file,
	];
	const device = (...args: readonly string[]): Promise<Told> =>
		collecting((streams) => tillctl(commandLine(args), streams));
	return {
		directory,
		file,
		text: () => readFileSync(file, "utf8"),
		device,
		deviceWithPerson: (answer, ...args) =>
			collecting((streams) =>
				tillctl(commandLine(args), { ...streams, answer: (question) => Promise.resolve(answer(question)) }),
			),
		deviceJson: async (...args) => {
			const { code, out } = await device(...args, "--json");
			return { code, answer: JSON.parse(out) as Record<string, unknown> };
		},
	};
};
