/**
 * What is done inside of the page. Each of these functions is sent to the browser as its text: it
 * may use nothing but what it is handed.
 */

/** As much of Quill as is used. */
interface Editor {
	getLength(): number;
	getText(): string;
	focus(options?: { preventScroll: boolean }): void;
	setSelection(index: number, length: number, source?: string): void;
	setContents(ops: unknown): void;
	updateContents(ops: unknown): void;
}

/** What the page keeps for who asks. */
interface Notes {
	/** When the first message since `beginWatch` came; NaN before. */
	firstMs: number;
	messageCount: number;
	/** Since then, of tasks over 50 ms. */
	tasks: { startMs: number; ms: number }[];
}

interface MeasuredPage {
	notes: Notes;
	editor(): Editor | null;
}
declare const measured: MeasuredPage;

/** Before the page's own code: tells of messages and of long tasks, and finds the editor. */
export function install(): void {
	const notes: Notes = { firstMs: Number.NaN, messageCount: 0, tasks: [] };
	globalThis.WebSocket = class extends WebSocket {
		constructor(address: string | URL, protocols?: string | string[]) {
			super(address, protocols);
			this.addEventListener("message", () => {
				if (notes.messageCount++ === 0) notes.firstMs = performance.now();
			});
		}
	};
	const editor = (): Editor | null => {
		const ours = document.querySelector("weft-editor") as { session?: { quill: Editor } } | null;
		return ours?.session?.quill ?? (globalThis as { quill?: Editor }).quill ?? null;
	};
	Object.assign(globalThis, { measured: { notes, editor } });
	new PerformanceObserver((list) => {
		for (const { startTime, duration } of list.getEntries()) {
			notes.tasks.push({ startMs: startTime, ms: duration });
		}
	}).observe({ entryTypes: ["longtask"] });
}

/** Counts messages and long tasks from here on. */
export function beginWatch(): void {
	Object.assign(measured.notes, { firstMs: Number.NaN, messageCount: 0, tasks: [] });
}

/** What was seen from the first message until all was shown. */
export interface Shown {
	readonly ms: number;
	/** The longest task over 50 ms; 0 where there was none. */
	readonly longestMs: number;
	readonly text: string;
}

/** Resolves when the editor shows `length` letters, and two frames have passed since. */
export async function whenShown(length: number): Promise<Shown> {
	const frame = () => new Promise(requestAnimationFrame);
	const rest = () => new Promise((resolve) => setTimeout(resolve, 0));
	const editor = measured.editor();
	if (editor === null) throw new Error("there is no editor");
	const isShown = () => measured.notes.messageCount > 0 && editor.getLength() === length + 1;
	for (const endMs = performance.now() + 120_000; !isShown(); await frame()) {
		if (performance.now() > endMs) throw new Error(`${editor.getLength()} of ${length + 1} shown`);
	}
	await rest();
	await frame();
	await rest();
	const endMs = performance.now();
	// Long tasks are told a little later.
	await new Promise((resolve) => setTimeout(resolve, 200));
	const { firstMs, tasks } = measured.notes;
	return {
		ms: endMs - firstMs,
		longestMs: Math.max(0, ...tasks.map(({ ms }) => ms)),
		text: editor.getText(),
	};
}

/** How many letters are shown, the last line end left out; -1 while there is no editor. */
export function shownLength(): number {
	const editor = measured.editor();
	return editor === null ? -1 : editor.getLength() - 1;
}

/** What is shown. */
export function shownText(): string {
	return measured.editor()?.getText() ?? "";
}

/** The longest task over 50 ms since `beginWatch`; 0 where there was none. */
export function longestTaskMs(): number {
	return Math.max(0, ...measured.notes.tasks.map(({ ms }) => ms));
}

/** Puts the caret somewhere. */
export function putCaret(index: number): void {
	const editor = measured.editor();
	editor?.focus();
	editor?.setSelection(index, 0, "user");
}

/** Replaces what a plain Quill shows. */
export function fillQuill(ops: unknown): void {
	measured.editor()?.setContents(ops);
}

/**
 * Connects a plain Quill: so many messages are counted and not read, then it gets all that they
 * say as one change. Resolves when the connection stands.
 */
export function connectQuill([count, ops]: readonly [number, unknown]): Promise<void> {
	const socket = new WebSocket(`ws://${location.host}/sync`);
	socket.addEventListener("message", () => {
		if (measured.notes.messageCount === count) measured.editor()?.updateContents(ops);
	});
	return new Promise((resolve) => socket.addEventListener("open", () => resolve()));
}
