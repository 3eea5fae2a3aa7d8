/** A WebSocket without a network: the test opens it, reads what was sent and speaks as server. */

/** One try of a client to connect. */
export class FakeSocket extends EventTarget {
	/** All that were made since `reset`, oldest first. */
	static made: FakeSocket[] = [];

	readonly OPEN = 1;
	readonly url: string;
	readonly sent: Uint8Array[] = [];
	binaryType = "blob";
	readyState = 0;
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
	onclose: ((event: { code: number; reason: string }) => void) | null = null;
	onerror: (() => void) | null = null;

	constructor(url: string | URL) {
		super();
		this.url = String(url);
		FakeSocket.made.push(this);
	}

	send(frame: Uint8Array): void {
		this.sent.push(frame.slice());
	}

	close(): void {
		this.end(1005, "");
	}

	/** The connection is there. */
	open(): void {
		this.readyState = 1;
		this.onopen?.();
	}

	/** The server says something. */
	say(frame: Uint8Array): void {
		this.dispatchEvent(new Event("message"));
		this.onmessage?.({ data: frame.slice().buffer });
	}

	/** The connection ends. */
	end(code: number, reason: string): void {
		if (this.readyState === 3) return;
		this.readyState = 3;
		this.onclose?.({ code, reason });
	}
}

/** The newest try. */
export function lastSocket(): FakeSocket {
	const socket = FakeSocket.made.at(-1);
	if (socket === undefined) throw new Error("Nobody tried to connect.");
	return socket;
}
