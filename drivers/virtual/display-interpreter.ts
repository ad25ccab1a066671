import { admLanguage } from "./display/adm-language.ts";
import { aedexLanguage } from "./display/aedex-language.ts";
import { cd5220Language } from "./display/cd5220-language.ts";
import type { DisplayLanguage } from "./display/display-language.ts";
import { DisplayScreen, type ScreenProfile } from "./display/display-screen.ts";
import { dsp800Language } from "./display/dsp800-language.ts";
import { epsonLanguage } from "./display/epson-language.ts";
import { utcLanguage } from "./display/utc-language.ts";

const LANGUAGES: Readonly<Record<ScreenProfile["driver"], () => DisplayLanguage>> = {
	"epson-display": epsonLanguage,
	"cd5220-display": cd5220Language,
	"utc-display": utcLanguage,
	"aedex-display": aedexLanguage,
	"adm-display": admLanguage,
	"dsp800-display": dsp800Language,
	"virtual-display": epsonLanguage,
};

/**
 * A customer display of a profile: bytes become cells, as its language says (devices.md section 5). Strict: a command it
 * does not know, a letter or a cell it has not, is a violation; it then goes on as a display would.
 */
export class DisplayInterpreter {
	readonly #language: DisplayLanguage;
	readonly #screen: DisplayScreen;
	#command: number[] = [];
	/** Sends bytes back; most displays never do. */
	reply: (bytes: Uint8Array) => void = () => undefined;

	constructor(profile: ScreenProfile) {
		this.#language = LANGUAGES[profile.driver]();
		this.#screen = new DisplayScreen(profile);
		this.#language.powerOn(this.#screen);
	}

	/** What it shows, row by row, each as wide as the display. */
	get rows(): readonly string[] {
		return this.#screen.rows;
	}

	/** What it did not understand. */
	get violations(): readonly string[] {
		return this.#screen.violations;
	}

	/** How often its text moved up. */
	get scrollCount(): number {
		return this.#screen.scrollCount;
	}

	/** Percent that was set; null as at power on. */
	get brightness(): number | null {
		return this.#screen.brightness;
	}

	next(bytes: Uint8Array): void {
		for (const byte of bytes) this.#take(byte);
	}

	/** Its power was off for a moment, and it has forgotten everything. */
	powerCycle(): void {
		this.#command = [];
		this.#language.powerOn(this.#screen);
	}

	#take(byte: number): void {
		if (this.#command.length === 0 && !this.#language.begins(byte)) {
			if (byte < 0x20 || byte === 0x7f || !this.#language.takesText) {
				this.#screen.violation(`unknown byte ${Buffer.of(byte).toString("hex")}`);
			} else this.#screen.write(byte);
			return;
		}
		this.#command.push(byte);
		const end = this.#language.execute(this.#command, this.#screen, (answer) => this.reply(Buffer.of(answer)));
		if (end === "none") this.#screen.violation(`unknown command ${Buffer.from(this.#command).toString("hex")}`);
		if (end !== "more") this.#command = [];
	}
}
