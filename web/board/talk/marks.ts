/** A small mark with a number at each item that is talked about. Arrow keys lead through them. */
import { html, render } from "lit";
import type { AboutItem } from "../../../shared/surfaces/about.ts";
import type { Thread } from "../../chat/about/threads.ts";
import { icon } from "../../ui/icons.ts";
import { t, tCount } from "../../ui/messages.ts";
import { overlaps, toScreen, viewOf } from "../camera.ts";
import type { Easel } from "../easel.ts";
import { nameItem } from "../outline.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { drawnBox } from "./glow.ts";

/** A mark stays so far inside of the view. */
const edgePixels = 28;

/** An item with the talk about it. */
export interface Talked {
	readonly item: SceneItem;
	readonly thread: Thread<AboutItem>;
}

/** What the marks ask and tell. */
export interface MarkPorts {
	readonly easel: Easel;
	/** A pointer or the focus is on a mark; null where it left. */
	readonly point: (talked: Talked | null, mark: HTMLElement | null) => void;
	/** Somebody wants to read, or to answer. */
	readonly open: (talked: Talked, mark: HTMLElement) => void;
}

interface Mark {
	readonly button: HTMLButtonElement;
	talked: Talked;
}

/** Keeps the marks in `host`, which lies over the paper. `close()` it when the board goes. */
export class Marks {
	readonly #host: HTMLElement;
	readonly #ports: MarkPorts;
	readonly #marks = new Map<number, Mark>();

	constructor(host: HTMLElement, ports: MarkPorts) {
		this.#host = host;
		this.#ports = ports;
	}

	/** Marks these items and no others. */
	show(all: readonly Talked[]): void {
		const ids = new Set(all.map(({ item }) => item.id));
		for (const [id, { button }] of this.#marks) {
			if (ids.has(id)) continue;
			button.remove();
			this.#marks.delete(id);
		}
		for (const talked of all) this.#show(talked);
		if (this.#marks.size > 0) this.#host.role = "group";
		this.#host.ariaLabel = this.#marks.size > 0 ? t("board.talk.marks") : null;
		if (this.#marks.size === 0) this.#host.removeAttribute("role");
		this.place();
	}

	/** Puts them where their items are on the screen now. */
	place(): void {
		const { camera, size } = this.#ports.easel.stage;
		let tabbed: HTMLElement | null = null;
		for (const { button, talked } of this.#marks.values()) {
			const { maxX, minY } = drawnBox(talked.item);
			const corner = toScreen(camera, { x: maxX, y: minY });
			// Of an item that is seen in part the mark is seen, too.
			const x = Math.round(Math.min(corner.x, size.width - edgePixels));
			const y = Math.round(Math.max(corner.y, edgePixels));
			const isAway = !overlaps(viewOf(camera, size), talked.item.box);
			button.toggleAttribute("data-away", isAway);
			button.style.transform = `translate(${x}px, ${y}px)`;
			button.tabIndex = -1;
			if (!isAway) tabbed ??= button;
		}
		// Tab comes to one of them; what is out of sight is shown when the focus gets there.
		const focused = this.#marks.size > 0 && this.#host.contains(document.activeElement);
		tabbed ??= this.#marks.values().next().value?.button ?? null;
		if (focused && document.activeElement instanceof HTMLElement) tabbed = document.activeElement;
		if (tabbed !== null) tabbed.tabIndex = 0;
	}

	/** Takes them all away. */
	close(): void {
		this.show([]);
	}

	#show(talked: Talked): void {
		const { item, thread } = talked;
		const mark = this.#marks.get(item.id) ?? this.#add(talked);
		mark.talked = talked;
		const count = thread.messages.length;
		const messages = tCount("chat.thread", count);
		mark.button.ariaLabel = t("board.talk.mark", { item: nameItem(item), messages });
		render(html`${icon("chat")}<span>${count}</span>`, mark.button);
	}

	#add(talked: Talked): Mark {
		const button = document.createElement("button");
		const mark: Mark = { button, talked };
		button.type = "button";
		button.className = "weft-board__said";
		button.ariaHasPopup = "dialog";
		button.addEventListener("click", () => this.#ports.open(mark.talked, button));
		button.addEventListener("pointerenter", ({ pointerType }) => {
			if (pointerType !== "touch") this.#ports.point(mark.talked, button);
		});
		button.addEventListener("pointerleave", () => this.#ports.point(null, null));
		button.addEventListener("focus", () => this.#onFocus(mark));
		button.addEventListener("blur", () => this.#ports.point(null, null));
		button.addEventListener("keydown", (event) => this.#onKey(event, button));
		this.#host.append(button);
		this.#marks.set(talked.item.id, mark);
		return mark;
	}

	#onFocus({ button, talked }: Mark): void {
		if (!button.matches(":focus-visible")) return;
		this.#ports.easel.view.show(talked.item.box);
		this.#ports.point(talked, button);
	}

	#onKey(event: KeyboardEvent, button: HTMLButtonElement): void {
		const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
		if (step === undefined) return;
		event.preventDefault();
		event.stopPropagation();
		const buttons = [...this.#marks.values()].map((mark) => mark.button);
		const next = buttons[(buttons.indexOf(button) + step + buttons.length) % buttons.length];
		next?.focus({ preventScroll: true });
		this.place();
	}
}
