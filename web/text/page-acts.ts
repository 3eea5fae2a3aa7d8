/** What is asked of the whole document: its code is fetched when somebody asks. */
import { t } from "../ui/messages.ts";
import { keyName } from "../ui/shortcuts.ts";
import type { WeftFindBar } from "./find/find-bar.ts";
import type { EditorSession } from "./session.ts";
import type { WeftContents } from "./side/contents.ts";
import type { OpenParts, PageAct } from "./tools/page-menu.ts";

/** Parts that stay open beside the text until somebody closes them. */
type Part = "find" | "contents" | "authors";

/** Where the parts are put, and who hears of it. */
export interface PageActParts {
	readonly session: EditorSession;
	/** The element that has `.weft-text-top`, `.weft-text-side` and `.weft-text-foot` in it. */
	readonly frame: Element;
	readonly isReadOnly: () => boolean;
	readonly showOpen: (open: OpenParts) => void;
}

/** Finds, lists, colours, saves and prints one document; `close()` it with its session. */
export class PageActs {
	readonly #parts: PageActParts;
	readonly #open = new Map<Part, HTMLElement>();
	/** Who has just closed our bar by Escape may want the browser's own. */
	#isBrowsersTurn = false;
	#isClosed = false;

	constructor(parts: PageActParts) {
		this.#parts = parts;
	}

	/** Does it; what could not be fetched is said in words. */
	async run(act: PageAct): Promise<void> {
		try {
			await this.#run(act);
		} catch (error) {
			console.warn("Not done:", error);
			this.#parts.session.tell(t("text.actFailed"));
		}
	}

	/** Who may write is others now: what is open shows it. */
	lock(): void {
		const bar = this.#open.get("find") as WeftFindBar | undefined;
		if (bar !== undefined) bar.readOnly = this.#parts.isReadOnly();
	}

	/** Keys that are pressed inside the document's pane. */
	onKey(event: KeyboardEvent): void {
		if (event.defaultPrevented || event.isComposing) return;
		const act = this.#actOfKey(event);
		if (event.key !== "Control" && event.key !== "Meta") this.#isBrowsersTurn = false;
		if (act === null) return;
		event.preventDefault();
		act();
	}

	/** Takes everything off the page; safe to call twice. */
	close(): void {
		this.#isClosed = true;
		for (const element of this.#open.values()) element.remove();
		this.#open.clear();
	}

	#actOfKey(event: KeyboardEvent): (() => void) | null {
		const bar = this.#open.get("find") as WeftFindBar | undefined;
		const isInBar = event.target instanceof Node && bar?.contains(event.target) === true;
		switch (keyName(event)) {
			case "Ctrl+F":
				// Asked twice: then it is the browser's own that is wanted.
				if (isInBar || this.#isBrowsersTurn) return null;
				return () => void this.run({ kind: "find" });
			case "Ctrl+H":
				return this.#parts.isReadOnly() ? null : () => void this.run({ kind: "replace" });
			case "F3":
			case "Ctrl+G":
				return bar === undefined ? null : () => bar.step(1);
			case "Shift+F3":
			case "Ctrl+Shift+G":
				return bar === undefined ? null : () => bar.step(-1);
			default:
				return null;
		}
	}

	async #run(act: PageAct): Promise<void> {
		switch (act.kind) {
			case "find":
			case "replace":
				return this.#find(act.kind === "replace");
			case "contents":
				return this.#toggle("contents");
			case "authors":
				return this.#toggle("authors");
			case "print":
				print();
				return;
			default: {
				const { transfer } = await import("./export/transfer.ts");
				return transfer(this.#parts.session, act, () => this.#isClosed);
			}
		}
	}

	async #find(isReplacing: boolean): Promise<void> {
		const { quill } = this.#parts.session;
		const range = quill.hasFocus() ? quill.getSelection() : null;
		const selected = range === null ? "" : quill.getText(range.index, range.length);
		// What is typed until the bar is there is meant for the bar, and not for the text.
		quill.root.blur();
		await import("./find/find-bar.ts").catch((error: unknown) => {
			quill.focus({ preventScroll: true });
			throw error;
		});
		if (this.#isClosed) return;
		const known = this.#open.get("find") as WeftFindBar | undefined;
		const bar = known ?? (document.createElement("weft-find-bar") as WeftFindBar);
		bar.readOnly = this.#parts.isReadOnly();
		bar.isReplacing = isReplacing || (known?.isReplacing ?? false);
		if (known === undefined) {
			bar.quill = quill;
			bar.close = () => {
				this.#isBrowsersTurn = true;
				quill.focus({ preventScroll: true });
				bar.select();
				bar.remove();
				this.#forget("find");
			};
			this.#put("find", bar, ".weft-text-top");
		}
		bar.enter(selected);
	}

	async #toggle(part: "contents" | "authors"): Promise<void> {
		const known = this.#open.get(part);
		if (known !== undefined) {
			known.remove();
			this.#forget(part);
			return;
		}
		const element = part === "contents" ? await this.#contents() : await this.#authors();
		if (this.#isClosed) return;
		this.#put(part, element, part === "contents" ? ".weft-text-side" : ".weft-text-foot");
		if (part === "contents") (element as WeftContents).enter();
	}

	async #contents(): Promise<HTMLElement> {
		await import("./side/contents.ts");
		const element = document.createElement("weft-contents") as WeftContents;
		return Object.assign(element, {
			quill: this.#parts.session.quill,
			close: () => this.#leave("contents"),
		});
	}

	async #authors(): Promise<HTMLElement> {
		await import("./side/authors.ts");
		const { session } = this.#parts;
		return Object.assign(document.createElement("weft-authors"), {
			session,
			close: () => this.#leave("authors"),
		});
	}

	/** Takes a part away and goes back to the text. */
	#leave(part: Part): void {
		this.#open.get(part)?.remove();
		this.#forget(part);
		this.#parts.session.quill.focus({ preventScroll: true });
	}

	#put(part: Part, element: HTMLElement, place: string): void {
		this.#open.get(part)?.remove();
		this.#open.set(part, element);
		this.#parts.frame.querySelector(place)?.append(element);
		this.#parts.showOpen(new Set(this.#open.keys()));
	}

	#forget(part: Part): void {
		this.#open.delete(part);
		this.#parts.showOpen(new Set(this.#open.keys()));
	}
}
