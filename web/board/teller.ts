/** Shows the board in words and keeps them true, in moments that nobody else needs. */
import "./teller.css";
import { html, type TemplateResult } from "lit";
import { whenIdle } from "../ui/idle.ts";
import { t } from "../ui/messages.ts";
import { describeBoard, type Outline } from "./outline.ts";
import type { BoardClient } from "./people/client.ts";
import type { Scene } from "./scene.ts";

/** Words follow the drawing by so much: nobody listens to every stroke. */
const behindMs = 800;

/** Whom it tells of what. */
export interface TellerPorts {
	readonly scene: Scene;
	readonly client: BoardClient;
	readonly told: (outline: Outline) => void;
}

/** Tells one board in words. `close()` it when the board goes. */
export class Teller {
	readonly #ports: TellerPorts;
	/** 0 while all that changed has been told. */
	#timer = 0;
	#isOld = false;
	#isClosed = false;

	constructor(ports: TellerPorts) {
		this.#ports = ports;
		this.changed();
	}

	/** The board has changed: it is told anew, once for all that changes meanwhile. */
	changed(): void {
		this.#isOld = true;
		if (this.#timer !== 0 || this.#isClosed) return;
		this.#timer = window.setTimeout(() => void this.#tell(), behindMs);
	}

	/** The words, and a way from them to an item: `pick` gets its id. */
	render(outline: Outline, pick: (id: number) => void): TemplateResult {
		return renderOutline(outline, pick);
	}

	/** Nothing is told any more. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	async #tell(): Promise<void> {
		this.#isOld = false;
		try {
			const outline = await this.#describe();
			if (!this.#isClosed) this.#ports.told(outline);
		} catch (error) {
			console.warn("The board is not told in words:", error); // Tried again with its next change.
		}
		this.#timer = 0;
		if (this.#isOld) this.changed();
	}

	async #describe(): Promise<Outline> {
		const { scene, client } = this.#ports;
		if (scene.isEmpty) return { summary: t("board.outline.empty"), authors: [], items: [] };
		return describeBoard(scene, client, () => new Promise<void>((go) => whenIdle(go)));
	}
}

/**
 * The board in words, for screen readers, and a way to an item for who has no pointer: it is seen
 * while the focus is in it. Arrow keys lead through the items; `pick` gets the id of one.
 */
function renderOutline(
	{ summary, authors, items }: Outline,
	pick: (id: number) => void,
): TemplateResult {
	return html`<section class="weft-board__outline" aria-label=${t("board.outline")}>
		<p>${summary}</p>
		<ul>
			${authors.map((author) => html`<li>${author}</li>`)}
		</ul>
		<ol aria-label=${t("board.outline.newest")} @keydown=${onArrow}>
			${items.map(
				({ id, words }, index) => html`<li>
					<button type="button" tabindex=${index === 0 ? 0 : -1} @click=${() => pick(id)}>
						${words}
					</button>
				</li>`,
			)}
		</ol>
	</section>`;
}

function onArrow(event: KeyboardEvent): void {
	const list = event.currentTarget as HTMLElement;
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined || !(event.target instanceof HTMLElement)) return;
	event.preventDefault();
	const buttons = [...list.querySelectorAll<HTMLElement>("button")];
	buttons[buttons.indexOf(event.target) + step]?.focus();
}
