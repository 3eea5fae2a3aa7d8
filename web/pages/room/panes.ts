/** The panes of a room: one a surface, with the words in its place while its code is not here. */
import { html, nothing, type TemplateResult } from "lit";
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import { onReturn } from "../../sync/later.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { divider } from "./divider.ts";
import type { Layout, WindowSize } from "./layout.ts";
import { type EarlyWords, isHere, loadSurface, surfaceElement } from "./surfaces.ts";

/** Whether a surface's code is here. */
type ChunkState = "loading" | "ready" | "failed";

/** What the panes show, and what can be done at their edges. */
export interface PanesOptions {
	readonly client: RoomClient;
	readonly size: WindowSize;
	readonly layout: Layout;
	/** How wide the document is beside the board, in percent. */
	readonly percent: number;
	/** True for a room that was just made here. */
	readonly isNew: boolean;
	readonly moveDivider: (percent: number) => void;
	readonly closeChat: () => void;
}

/** See the head of this file. Lives as long as its page, whichever room is on it. */
export class Panes {
	readonly #changed: () => void;
	readonly #chunks = new Map<SurfaceName, ChunkState>();
	#early: EarlyWords | null = null;

	/** `changed` is called when there is something else to show. */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** Fetches a surface's code, where that was not done yet: what is here is shown at once. */
	load(surface: SurfaceName): void {
		if (this.#chunks.has(surface)) return;
		this.#chunks.set(surface, isHere(surface) ? "ready" : "loading");
		if (isHere(surface)) return;
		loadSurface(surface)
			.then(() => this.#end(surface, "ready"))
			.catch((error: unknown) => {
				console.info("This part did not come:", error); // Its pane says so.
				this.#end(surface, "failed");
			});
	}

	/** What could not be fetched is asked for again when it is shown next. */
	forgive(surface: SurfaceName): void {
		if (this.#chunks.get(surface) === "failed") this.#chunks.delete(surface);
	}

	/** The same for all, each time the connection is back; until cancelled. */
	follow(client: RoomClient): Cancel {
		return onReturn(client, () => {
			for (const surface of [...this.#chunks.keys()]) this.forgive(surface);
			this.#changed();
		});
	}

	/** All that were seen, and the bar between two. */
	render(options: PanesOptions): TemplateResult {
		const { layout, percent, moveDivider: move } = options;
		return html`
			${this.#pane("document", options)}
			${layout.hasDivider ? divider({ percent, move }) : nothing}
			${this.#pane("board", options)} ${this.#pane("photos", options)}
			${this.#pane("chat", options)}
		`;
	}

	/** A pane stays where it is once it was seen: its scroll position and its undo stay too. */
	#pane(surface: SurfaceName, options: PanesOptions): TemplateResult | typeof nothing {
		const { client, size, layout, isNew, closeChat } = options;
		const chunk = this.#chunks.get(surface);
		const isShown = layout.panes.includes(surface);
		if (chunk === undefined && !isShown) return nothing;
		const isPanel = surface === "chat" && size !== "phone";
		return html`
			<div
				class="weft-room__pane ${isPanel ? "weft-room__pane--panel" : ""}"
				data-surface=${surface}
				data-pane=${surface}
				role="group"
				aria-label=${t(`frame.room.${surface}`)}
				tabindex="-1"
				?hidden=${!isShown}
			>
				${isPanel ? panelHead(closeChat) : nothing}
				${
					chunk === "ready"
						? surfaceElement(surface, client, { isNew, early: this.#early })
						: this.#words(surface, chunk, client)
				}
			</div>
		`;
	}

	#end(surface: SurfaceName, state: ChunkState): void {
		if (surface === "chat") this.#early = earlyWords(this.#early);
		this.#chunks.set(surface, state);
		this.#changed();
	}

	#words(surface: SurfaceName, chunk: ChunkState | undefined, client: RoomClient): TemplateResult {
		if (chunk !== "failed") {
			return html`<div class="weft-room__loading" aria-busy="true">
				${surface === "chat" && client.may("chat") ? earlyBox() : nothing}
			</div>`;
		}
		const again = (): void => {
			this.forgive(surface);
			this.#changed();
		};
		return html`<div class="weft-empty" role="alert">
			<p>${t("frame.room.surfaceMissing")}</p>
			<button class="weft-button" @click=${again}>${t("frame.tryAgain")}</button>
		</div>`;
	}
}

/** Who opens the chat and types does not wait for its code: see `EarlyWords`. */
function earlyBox(): TemplateResult {
	return html`<textarea
		class="weft-room__early"
		rows="1"
		dir="auto"
		autocomplete="off"
		aria-label=${t("frame.room.chat")}
	></textarea>`;
}

/** With those of before: the code may not have come the first time. */
function earlyWords(before: EarlyWords | null): EarlyWords | null {
	const box = document.querySelector<HTMLTextAreaElement>(".weft-room__early");
	if (box === null) return before;
	const words = (before?.words ?? "") + box.value;
	return { words, isInHand: box === document.activeElement };
}

function panelHead(close: () => void): TemplateResult {
	const label = t("frame.room.closeChat");
	return html`<header class="weft-room__panel-head">
		<h2>${t("frame.room.chat")}</h2>
		<button class="weft-icon-button" aria-label=${label} title=${label} @click=${close}>
			${icon("close")}
		</button>
	</header>`;
}
