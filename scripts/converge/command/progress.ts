/** One line on a terminal that says how far it is; nothing where nobody watches. */
export class Progress {
	readonly #stream: NodeJS.WriteStream;
	#shownMs = 0;
	#isShown = false;

	/** Writes to this stream, where it is a terminal. */
	constructor(stream: NodeJS.WriteStream = process.stderr) {
		this.#stream = stream;
	}

	/** Replaces the line, a few times a second. */
	show(line: string): void {
		const now = performance.now();
		if (!this.#stream.isTTY || now - this.#shownMs < 200) return;
		this.#shownMs = now;
		this.#isShown = true;
		this.#stream.write(`\r${line.slice(0, (this.#stream.columns ?? 80) - 1)}\u001b[K`);
	}

	/** Takes the line away. */
	clear(): void {
		if (this.#isShown) this.#stream.write("\r\u001b[K");
		this.#isShown = false;
		this.#shownMs = 0;
	}
}
