import type {
	UsbDevice,
	UsbEndpoint,
	UsbFailure,
	UsbInterface,
	UsbInterfaceDescriptor,
	UsbLibrary,
	UsbTransfer,
} from "../../../drivers/transport/usb-library.ts";

const failure = (errno: number, message: string): UsbFailure & Error => Object.assign(new Error(message), { errno });

const TIMED_OUT = (): UsbFailure => failure(2, "LIBUSB_TRANSFER_TIMED_OUT");
const CANCELLED = (): UsbFailure => failure(3, "LIBUSB_TRANSFER_CANCELLED");
const STALL = (): UsbFailure => failure(4, "LIBUSB_TRANSFER_STALL");
const NO_DEVICE = (): UsbFailure => failure(5, "LIBUSB_TRANSFER_NO_DEVICE");

interface Pending {
	readonly buffer: Buffer;
	readonly end: (error: UsbFailure | undefined, count: number) => void;
	/** Bytes that went over already. */
	count: number;
}

/** What a printer says of itself on the bus. */
export interface BusPrinterOptions {
	readonly vendorId?: number;
	readonly productId?: number;
	readonly serialNumber?: string;
	/** Interface class and protocols of its settings, the first in force. A printer with replies by default. */
	readonly interfaceClass?: number;
	readonly protocols?: readonly number[];
	readonly kernelDriver?: boolean;
	/** Why it cannot be opened: LIBUSB_ERROR_ACCESS. */
	readonly refusal?: string;
}

const OUT = 0x01;
const IN = 0x82;
const PACKET = 64;

/**
 * One printer on the bus, as libusb shows it. Strict: what libusb forbids or leaves undefined throws, or stands in
 * `faults`. Transfers are answered later than they are asked for, each once.
 */
export class BusPrinter {
	readonly faults: string[] = [];
	onBytes: (bytes: Buffer) => void = () => undefined;
	kernelDriver: boolean;
	setting = 0;
	readonly device: UsbDevice;
	readonly #chunks: Buffer[] = [];
	readonly #replies: Buffer[] = [];
	readonly #options: BusPrinterOptions;
	readonly #interface: UsbInterface;
	readonly #pending = { [OUT]: [] as Pending[], [IN]: [] as Pending[] };
	readonly #halted = new Set<number>();
	#present = true;
	#paused = false;
	#isOpen = false;
	#claimed = false;

	constructor(options: BusPrinterOptions) {
		this.#options = options;
		this.kernelDriver = options.kernelDriver ?? true;
		const protocols = options.protocols ?? [2];
		const settings = protocols.map((protocol, setting) => this.#descriptor(protocol, setting));
		this.#interface = this.#makeInterface(protocols);
		const isOpen = (): boolean => this.#isOpen;
		const chosen = this.#interface;
		this.device = {
			deviceDescriptor: {
				idVendor: options.vendorId ?? 0x04b8,
				idProduct: options.productId ?? 0x0202,
				iSerialNumber: options.serialNumber === undefined ? 0 : 3,
			},
			configDescriptor: { interfaces: [settings] },
			get interfaces() {
				return isOpen() ? [chosen] : undefined;
			},
			open: () => {
				if (options.refusal !== undefined) throw failure(-3, options.refusal);
				if (this.#isOpen) this.faults.push("opened twice: closing one closes both");
				this.#must(this.#present, -4, "LIBUSB_ERROR_NO_DEVICE");
				this.#isOpen = true;
			},
			close: () => {
				if (this.#pending[OUT].length + this.#pending[IN].length > 0) {
					this.faults.push("closed with a request under way");
					throw new Error("Can't close device with a pending request");
				}
				this.#isOpen = false;
				this.#claimed = false;
			},
			getStringDescriptor: (index, done) => {
				if (index !== 3) this.faults.push(`string ${index} was asked for`);
				setImmediate(() => done(undefined, options.serialNumber));
			},
		};
	}

	/** All bytes that went over the bus to it. */
	received(): Buffer {
		return Buffer.concat(this.#chunks);
	}

	/** How many transfers wait, out and in. */
	get waiting(): readonly [number, number] {
		return [this.#pending[OUT].length, this.#pending[IN].length];
	}

	get isClaimed(): boolean {
		return this.#claimed;
	}

	/** It sends bytes to the till; an empty packet is one, too. */
	send(bytes: Uint8Array): void {
		this.#replies.push(Buffer.from(bytes));
		this.#move();
	}

	/** Takes nothing in until `resume`. */
	pause(): void {
		this.#paused = true;
	}

	resume(): void {
		this.#paused = false;
		this.#move();
	}

	/** Takes so many bytes of the transfer under way, and no more. */
	takePart(count: number): void {
		const [first] = this.#pending[OUT];
		if (first === undefined) throw new Error("nothing is under way");
		this.#take(first.buffer.subarray(first.count, first.count + count));
		first.count += count;
	}

	/** The time of all transfers is up. */
	timeOut(): void {
		this.#endAll(TIMED_OUT);
	}

	/** An endpoint refuses, until it is told to go on. */
	stall(direction: "in" | "out"): void {
		const address = direction === "in" ? IN : OUT;
		this.#halted.add(address);
		this.#end(address, STALL);
	}

	/** Pulls its plug. */
	unplug(): void {
		this.#present = false;
		this.#endAll(NO_DEVICE);
	}

	#must(holds: boolean, errno: number, message: string): void {
		if (!holds) throw failure(errno, message);
	}

	#descriptor(protocol: number, setting: number): UsbInterfaceDescriptor {
		return {
			bAlternateSetting: setting,
			bInterfaceClass: this.#options.interfaceClass ?? 7,
			bInterfaceProtocol: protocol,
			endpoints: [OUT, ...(protocol === 1 ? [] : [IN])].map((address) => ({
				bEndpointAddress: address,
				bmAttributes: 2,
			})),
		};
	}

	#makeInterface(protocols: readonly number[]): UsbInterface {
		const bus = this;
		const [out, into] = [this.#endpoint(OUT), this.#endpoint(IN)];
		return {
			get endpoints() {
				return protocols[bus.setting] === 1 ? [out] : [out, into];
			},
			isKernelDriverActive: () => this.kernelDriver,
			detachKernelDriver: () => {
				this.#must(this.kernelDriver, -5, "LIBUSB_ERROR_NOT_FOUND");
				this.kernelDriver = false;
			},
			attachKernelDriver: () => {
				this.#must(this.#present, -4, "LIBUSB_ERROR_NO_DEVICE");
				if (this.#claimed) this.faults.push("the kernel's driver was called back to a claimed interface");
				this.kernelDriver = true;
			},
			claim: () => {
				this.#must(this.#present, -4, "LIBUSB_ERROR_NO_DEVICE");
				this.#must(this.#isOpen && !this.kernelDriver, -6, "LIBUSB_ERROR_BUSY");
				this.#claimed = true;
			},
			release: (done) => {
				if (this.waiting.some((count) => count > 0)) this.faults.push("released with a transfer under way");
				this.#claimed = false;
				this.setting = 0;
				const error = this.#present ? undefined : failure(-4, "LIBUSB_ERROR_NO_DEVICE");
				setImmediate(() => (error === undefined ? done() : done(error)));
			},
			setAltSetting: (setting, done) => {
				if (!this.#claimed) this.faults.push("a setting was chosen without a claim");
				this.setting = setting;
				setImmediate(() => done(undefined));
			},
		};
	}

	#endpoint(address: typeof OUT | typeof IN): UsbEndpoint {
		return {
			address,
			direction: address === IN ? "in" : "out",
			transferType: 2,
			descriptor: { wMaxPacketSize: PACKET },
			makeTransfer: (timeoutMs, done) => {
				if (timeoutMs <= 0) this.faults.push("a transfer without a time-out");
				return this.#transfer(address, done);
			},
			clearHalt: (done) => {
				this.#halted.delete(address);
				setImmediate(() => done(undefined));
			},
		};
	}

	#transfer(
		address: typeof OUT | typeof IN,
		done: (error: UsbFailure | undefined, buffer: Buffer, count: number) => void,
	): UsbTransfer {
		const pending = this.#pending[address];
		let mine: Pending | null = null;
		return {
			submit: (buffer) => {
				this.#must(this.#isOpen, -4, "LIBUSB_ERROR_NO_DEVICE");
				this.#must(this.#present, -4, "LIBUSB_ERROR_NO_DEVICE");
				if (!this.#claimed) this.faults.push("a transfer on an interface that is not claimed");
				if (address === IN && buffer.length % PACKET !== 0) this.faults.push("a packet may overflow the buffer");
				const submitted: Pending = {
					buffer,
					count: 0,
					end: (error, count) => {
						pending.splice(pending.indexOf(submitted), 1);
						mine = null;
						setImmediate(() => done(error, buffer, count));
					},
				};
				mine = submitted;
				pending.push(submitted);
				setImmediate(() => (this.#halted.has(address) ? this.#end(address, STALL) : this.#move()));
			},
			cancel: () => {
				if (mine === null) return false;
				const cancelled = mine;
				cancelled.end(CANCELLED(), cancelled.count);
				return true;
			},
		};
	}

	#take(bytes: Buffer): void {
		const copy = Buffer.from(bytes);
		this.#chunks.push(copy);
		this.onBytes(copy);
	}

	#move(): void {
		const [out] = this.#pending[OUT];
		if (!this.#paused && out !== undefined) {
			out.end(undefined, out.buffer.length);
			this.#take(out.buffer.subarray(out.count));
		}
		const [into] = this.#pending[IN];
		const reply = into === undefined ? undefined : this.#replies.shift();
		if (into === undefined || reply === undefined) return;
		reply.copy(into.buffer);
		into.end(undefined, reply.length);
	}

	#end(address: typeof OUT | typeof IN, error: () => UsbFailure): void {
		for (const pending of [...this.#pending[address]]) pending.end(error(), pending.count);
	}

	#endAll(error: () => UsbFailure): void {
		this.#end(OUT, error);
		this.#end(IN, error);
	}
}

/** A bus: what is plugged in, and who wants to hear of it. */
export class UsbBus {
	readonly library: UsbLibrary;
	readonly #printers: BusPrinter[] = [];
	readonly #listeners = {
		attach: new Set<(device: UsbDevice) => void>(),
		detach: new Set<(device: UsbDevice) => void>(),
	};

	constructor() {
		this.library = {
			getDeviceList: () => this.#printers.map(({ device }) => device),
			usb: {
				on: (event, listener) => this.#listeners[event].add(listener),
				off: (event, listener) => this.#listeners[event].delete(listener),
			},
		};
	}

	/** Who listens for plugs. */
	get listenerCount(): number {
		return this.#listeners.attach.size + this.#listeners.detach.size;
	}

	plug(options: BusPrinterOptions = {}): BusPrinter {
		const printer = new BusPrinter(options);
		this.#printers.push(printer);
		for (const listener of [...this.#listeners.attach]) listener(printer.device);
		return printer;
	}

	unplug(printer: BusPrinter): void {
		this.#printers.splice(this.#printers.indexOf(printer), 1);
		printer.unplug();
		for (const listener of [...this.#listeners.detach]) listener(printer.device);
	}
}
