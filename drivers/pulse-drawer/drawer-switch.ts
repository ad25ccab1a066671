import type { ConnectorLevel, DriverServices } from "../../src/devices/contract/driver.ts";

/** A level counts when it has stood for so long: contacts bounce, and a drawer swings when it strikes its end. */
export const SETTLE_MS = 200;

/** More changes than this within {@link CHANGES_PERIOD_MS} are no drawer that people use but a loose contact. */
export const CHANGES_MAX = 40;

/** See {@link CHANGES_MAX}: a cashier who opened and shut it every three seconds would come to as many. */
export const CHANGES_PERIOD_MS = 60_000;

/** A switch that was unsteady is believed again when its level has stood for so long. */
export const CALM_MS = 10_000;

/** What a switch says of its drawer. unsteady: it changes too often to be believed. */
export type DrawerPosition = "open" | "closed" | "unknown" | "unsteady";

/**
 * The switch of a drawer on a printer's connector: levels in, positions out, without bouncing and at most
 * {@link CHANGES_MAX} a minute whatever the contact does.
 */
export class DrawerSwitch {
	readonly #name: string;
	readonly #openWhen: "high" | "low";
	readonly #services: Pick<DriverServices, "timers" | "clock">;
	readonly #onPosition: () => void;
	#level: ConnectorLevel = "unknown";
	#position: DrawerPosition = "unknown";
	#changedAtMs: number[] = [];
	#cancel: () => void = () => undefined;

	constructor(
		name: string,
		openWhen: "high" | "low",
		services: Pick<DriverServices, "timers" | "clock">,
		onPosition: () => void,
	) {
		this.#name = name;
		this.#openWhen = openWhen;
		this.#services = services;
		this.#onPosition = onPosition;
	}

	/** What it says now. */
	position(): DrawerPosition {
		return this.#position;
	}

	/** Takes the connector's level in; `onPosition` is called when it comes to another position, now or later. */
	take(level: ConnectorLevel): void {
		if (level === this.#level) return;
		this.#level = level;
		this.stop();
		if (level === "unknown") {
			this.#set("unknown");
			return;
		}
		const nowMs = this.#services.clock.stamp().monotonicMs;
		this.#changedAtMs = [...this.#changedAtMs.filter((atMs) => nowMs - atMs < CHANGES_PERIOD_MS), nowMs];
		const isUnsteady = this.#changedAtMs.length > CHANGES_MAX;
		if (isUnsteady) {
			this.#changedAtMs.shift();
			this.#set("unsteady");
		}
		const position = level === this.#openWhen ? "open" : "closed";
		this.#cancel = this.#services.timers.after(this.#name, isUnsteady ? CALM_MS : SETTLE_MS, () => this.#set(position));
	}

	/** Forgets a level that has not stood long enough yet. */
	stop(): void {
		this.#cancel();
		this.#cancel = () => undefined;
	}

	#set(position: DrawerPosition): void {
		if (position === this.#position) return;
		this.#position = position;
		this.#onPosition();
	}
}
