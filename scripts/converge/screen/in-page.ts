/**
 * What is done inside of the page. Each of these functions is sent to the browser as its text: it
 * may use nothing but what it is handed.
 */

/** Where things are on the page. */
export const places = {
	editor: ".ql-editor",
	light: "weft-light",
	board: "weft-board [role=application]",
	chatButton: ".weft-room__chat",
	composer: "weft-chat textarea",
	message: ".weft-chat-body",
} as const;

/** Places, as a function in the page gets them. */
export type Places = typeof places;

/** What a tab shows. */
export interface Look {
	/** What the light says, with its name before it; null while its code is on the way. */
	readonly light: string | null;
	/** What the light is told, which it shows a moment later; null where nobody knows. */
	readonly phase: string | null;
	/** The document, without photos and the like. */
	readonly text: string;
	/** Bodies of the messages that are drawn, oldest first. */
	readonly messages: readonly string[];
}

/** The light's element. */
interface Lamp extends Element {
	readonly client?: { readonly status: { readonly phase: string } } | null;
}

/** What is seen; null where the page is not there yet. */
export function look(where: Places): Look | null {
	const editor = document.querySelector(where.editor);
	const lamp = document.querySelector<Lamp>(where.light);
	const light = lamp?.querySelector("button")?.getAttribute("aria-label") ?? null;
	if (editor === null) return null;
	const copy = editor.cloneNode(true) as Element;
	for (const one of copy.querySelectorAll("[contenteditable=false]")) one.remove();
	const messages = [...document.querySelectorAll(where.message)];
	return {
		light,
		phase: lamp?.client?.status.phase ?? null,
		text: (copy.textContent ?? "").replaceAll("\ufeff", ""),
		messages: messages.map((one) => one.textContent ?? ""),
	};
}

/** Where the caret goes. */
export interface Target extends Pick<Places, "editor"> {
	/** A fraction of the places between words. */
	readonly at: number;
	/** So many words behind that place are selected. */
	readonly count: number;
}

/**
 * Puts the caret between two words, as a click does, and waits until the page knows; gives the
 * words that are selected.
 */
export async function select({ editor, at, count }: Target): Promise<string[]> {
	const root = document.querySelector<HTMLElement>(editor);
	if (root === null) throw new Error("the document is not shown");
	const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
		parentElement?.closest("[contenteditable=false]") === null
			? NodeFilter.FILTER_ACCEPT
			: NodeFilter.FILTER_REJECT,
	);
	const ends: { node: Node; offset: number; length: number }[] = [];
	let text = "";
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
		const letters = node.textContent ?? "";
		for (const { index } of letters.matchAll(/⟩/g)) {
			ends.push({ node, offset: index + 1, length: text.length + index + 1 });
		}
		text += letters;
	}
	// Place 0 is the beginning, place n is behind the n-th word.
	const from = Math.floor(at * (ends.length + 1));
	const to = Math.min(ends.length, from + count);
	root.focus();
	const selection = getSelection();
	const start = ends[from - 1] ?? { node: root, offset: 0, length: 0 };
	const range = document.createRange();
	range.setStart(start.node, start.offset);
	const behind = ends[to - 1] ?? start;
	range.setEnd(behind.node, behind.offset);
	// What stands for an embed has no words: nobody could tell what went.
	const hasEmbed = range.cloneContents().querySelector("[contenteditable=false]") !== null;
	const end = hasEmbed ? start : behind;
	selection?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
	// The editor learns of it a moment later; nobody types faster.
	await new Promise((resolve) => setTimeout(resolve, 50));
	const chosen = text.slice(start.length, end.length);
	return chosen.match(/⟨[a-z]+\d+👋⟩/gu) ?? [];
}

/** Where the page keeps what `watchDelete` saw. */
interface Deletes {
	deletedText?: string;
}

/**
 * Notes what is selected when the next key comes down, before the page hears of it: others may
 * have written into the selection. With something in it that has no words the key does nothing.
 */
export function watchDelete(): void {
	const page = window as Deletes;
	page.deletedText = "";
	const note = (event: Event) => {
		const selection = getSelection();
		const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
		const hasEmbed = range?.cloneContents().querySelector("[contenteditable=false]") !== null;
		if (range !== null && !range.collapsed && !hasEmbed) {
			page.deletedText = range.toString();
			return;
		}
		event.stopImmediatePropagation();
		event.preventDefault();
	};
	window.addEventListener("keydown", note, { once: true, capture: true });
}

/** The words that were selected then. */
export function deletedWords(): string[] {
	return (window as Deletes).deletedText?.match(/⟨[a-z]+\d+👋⟩/gu) ?? [];
}
