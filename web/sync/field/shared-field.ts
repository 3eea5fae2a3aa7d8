/** A text field that shows a Y.Text, and writes what is typed into it: several people at once. */
import type * as Y from "yjs";
import { type DeltaStep, editBetween, movePosition } from "./field-edits.ts";

/** What a shared field needs of who opens it. */
export interface SharedFieldPorts {
	readonly field: HTMLTextAreaElement;
	readonly mayWrite: () => boolean;
	/** Runs an edit in one transaction, as the person's own doing. */
	readonly act: (run: () => void) => void;
	/** The field shows other letters, whoever typed them. */
	readonly shown: () => void;
	/** First letters where there is no text yet: gives the text that holds them now, or null. */
	readonly begin?: (letters: string) => Y.Text | null;
}

/** The way between a field and its text. `close()` it when the field goes. */
export class SharedField {
	readonly #ports: SharedFieldPorts;
	readonly #listening = new AbortController();
	#text: Y.Text | null = null;
	/** What the field showed when it and the text last agreed. */
	#agreed = "";
	/** What others did while a character is being composed. */
	#unseen: DeltaStep[][] = [];
	#isComposing = false;
	#isWriting = false;

	constructor(ports: SharedFieldPorts, text: Y.Text | null) {
		this.#ports = ports;
		const { field } = ports;
		const { signal } = this.#listening;
		field.addEventListener("input", () => this.#onInput(), { signal });
		field.addEventListener("compositionstart", () => this.#onComposing(true), { signal });
		field.addEventListener("compositionend", () => this.#onComposing(false), { signal });
		this.follow(text);
	}

	/** Another text from now on; where there is none, the field keeps its letters. */
	follow(text: Y.Text | null): void {
		this.#text?.unobserve(this.#onEvent);
		this.#text = text;
		this.#unseen = [];
		if (text === null) {
			this.#agreed = "";
			return;
		}
		this.#show(text.toString());
		text.observe(this.#onEvent);
	}

	/** Stops; what was being composed is written. Safe to call twice. */
	close(): void {
		if (this.#listening.signal.aborted) return;
		if (this.#isComposing) this.#onComposing(false);
		this.#listening.abort();
		this.follow(null);
	}

	readonly #onEvent = (event: Y.YTextEvent): void => {
		if (this.#isWriting) return;
		const delta = event.delta as DeltaStep[];
		if (this.#isComposing) this.#unseen.push(delta);
		else this.#showMoved([delta]);
	};

	/** Shows the text, the caret where it was among the letters. */
	#showMoved(deltas: readonly DeltaStep[][]): void {
		const { field } = this.#ports;
		if (this.#text === null) return;
		const isFocused = document.activeElement === field;
		let [start, end] = [field.selectionStart, field.selectionEnd];
		for (const delta of deltas) {
			start = movePosition(start, delta);
			end = movePosition(end, delta);
		}
		this.#show(this.#text.toString());
		if (isFocused) field.setSelectionRange(start, end);
	}

	#show(text: string): void {
		const { field, shown } = this.#ports;
		this.#agreed = text;
		if (field.value !== text) field.value = text;
		shown();
	}

	#onInput(): void {
		if (!this.#isComposing) this.#write();
		this.#ports.shown();
	}

	#onComposing(isComposing: boolean): void {
		this.#isComposing = isComposing;
		if (isComposing) return;
		this.#write();
		if (this.#unseen.length > 0) this.#showMoved(this.#unseen.splice(0));
	}

	#write(): void {
		const { field, mayWrite, begin } = this.#ports;
		const edit = editBetween(this.#agreed, field.value, field.selectionEnd);
		if (edit === null || !mayWrite()) return;
		if (this.#text === null) {
			const text = begin?.(field.value) ?? null;
			if (text !== null) this.follow(text);
			return;
		}
		this.#apply(this.#text, edit);
	}

	#apply(text: Y.Text, edit: { index: number; removed: number; inserted: string }): void {
		// Others may have typed while a character was composed: the edit moves with the letters.
		const unseen = this.#unseen.splice(0);
		let [start, end] = [edit.index, edit.index + edit.removed];
		for (const delta of unseen) {
			start = movePosition(start, delta);
			end = Math.max(start, movePosition(end, delta));
		}
		this.#isWriting = true;
		try {
			this.#ports.act(() => {
				if (end > start) text.delete(start, end - start);
				if (edit.inserted !== "") text.insert(start, edit.inserted);
			});
		} finally {
			this.#isWriting = false;
		}
		this.#agreed = text.toString();
		if (unseen.length > 0) this.#showMoved(unseen);
	}
}
