/** Says over the board how far something is that takes long, and lets the person give it up. */
import { t } from "../../ui/messages.ts";
import "../../ui/board-words/carry.ts";

/** Work that is done sooner is not spoken of. */
const silentMs = 400;
/** So long the page works at a stretch. */
const sliceMs = 12;

/** Somebody gave it up: nothing comes of it, and nothing is said. */
export class GivenUp extends Error {
	override readonly name = "GivenUp";
}

/** One piece of work. `end()` it, however it went. */
export class Progress {
	readonly #host: HTMLElement;
	readonly #beganMs = performance.now();
	#sliceFromMs = performance.now();
	#bar: HTMLElement | null = null;
	#isGivenUp = false;

	/** Is shown in `host`, above what is there. */
	constructor(host: HTMLElement) {
		this.#host = host;
	}

	/**
	 * Call it between steps with what is done, of 1: now and then it lets the page breathe.
	 *
	 * @throws GivenUp
	 */
	pause(share: number): Promise<void> | undefined {
		if (this.#isGivenUp) throw new GivenUp();
		const nowMs = performance.now();
		if (nowMs - this.#sliceFromMs < sliceMs) return;
		if (nowMs - this.#beganMs > silentMs) this.show(share);
		return this.#breathe();
	}

	/** Shows it at once; without a share where nobody knows how far it is. */
	show(share?: number): void {
		this.#bar ??= this.#open();
		const meter = this.#bar.querySelector("progress");
		if (share === undefined) meter?.removeAttribute("value");
		else if (meter != null) meter.value = share;
	}

	/** Takes it away. Safe to call twice. */
	end(): void {
		this.#bar?.remove();
		this.#bar = null;
	}

	async #breathe(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, 0));
		this.#sliceFromMs = performance.now();
	}

	#open(): HTMLElement {
		const bar = document.createElement("div");
		bar.className = "weft-carry__progress";
		bar.setAttribute("role", "status");
		const words = document.createElement("span");
		words.textContent = t("carry.working");
		const meter = document.createElement("progress");
		meter.setAttribute("aria-label", t("carry.working"));
		const button = document.createElement("button");
		button.type = "button";
		button.className = "weft-button";
		button.textContent = t("carry.giveUp");
		button.addEventListener("click", () => {
			this.#isGivenUp = true;
			this.end();
		});
		bar.append(words, meter, button);
		this.#host.append(bar);
		return bar;
	}
}
