/**
 * Quill as y-quill's binding sees it. What comes from the doc is made fit to be shown, what comes
 * from the person is made fit for the doc, and after every change Quill's document is Y.Text's and
 * one plain newline behind it.
 */
import type Quill from "quill/core";
import type { Op } from "quill/core";
import { Delta } from "quill/core";
import type * as Y from "yjs";
import { Backlog } from "./backlog.ts";
import { cutsCharacter, onWholeCharacters } from "./code-points.ts";
import { changesLineKinds, cutOps, forDoc, forScreen, newLengthOf, oldLengthOf } from "./delta.ts";
import { lineRepairs } from "./line-repairs.ts";
import { endOfTyped, placeAt, writePlainly } from "./short-ways.ts";

/** Changes that wait for a frame become one after so many: a tab that nobody sees has no frames. */
const waitingMax = 2_000;

/** Quill's work for one frame, about: what takes longer is shown in parts, and keys go between. */
const partMs = 16;
/** Operations of a part; Quill's time for one depends on the document, so it is found out. */
const partOpsMin = 32;
const partOpsMax = 4_096;

/** How y-quill listens: `editor-change` with Quill's arguments. */
type EditorListener = (name: string, delta: { ops: Op[] }, old: unknown, origin: unknown) => void;

/** The part of Quill that y-quill uses, with Weft's rules inside. */
export class Screen {
	readonly #quill: Quill;
	readonly #text: Y.Text;
	#listener: EditorListener | null = null;
	/** What y-quill names as the origin of everything that comes from the doc: itself. */
	#origin: unknown = this;
	/** Changes of the doc, as they are there, that are not shown yet. */
	readonly #waiting = new Backlog();
	#isHeld = false;
	/** The frame in which what waits is shown; 0 for none. */
	#frame = 0;
	/** Operations that Quill takes in about `partMs`. */
	#partOps = 256;
	/** True where lines changed their kind while the screen was behind the doc. */
	#isDoubtful = false;
	/** Where what was typed last ends in Y.Text, as long as nothing else happened to it since. */
	#typedTo: number | null = null;

	constructor(quill: Quill, text: Y.Text) {
		this.#quill = quill;
		this.#text = text;
	}

	/** y-quill asks for its carets here; ours are drawn by `Cursors`. */
	getModule(): null {
		return null;
	}

	/** Where y-quill listens for what the person does. */
	on(_event: "editor-change", listener: EditorListener): void {
		this.#listener = listener;
		this.#quill.on("editor-change", this.#onEditorChange);
	}

	/** The end of `on`. */
	off(): void {
		cancelAnimationFrame(this.#frame);
		this.#listener = null;
		this.#quill.off("editor-change", this.#onEditorChange);
	}

	/** Shows a whole document. */
	setContents(_ops: readonly Op[], origin: unknown): void {
		this.#typedTo = null;
		this.#origin = origin;
		this.#rebuild();
	}

	/** Shows a change of the doc: the first one at once, others of the same frame together. */
	updateContents(ops: readonly Op[]): void {
		this.#typedTo = null;
		this.#waiting.add(new Delta([...ops]));
		if (this.#waiting.count >= waitingMax) this.#waiting.asOne();
		if (this.#frame === 0) this.#showFrame();
	}

	/** Keeps changes of the doc off the screen: while a word is being composed, DOM must stay. */
	hold(): void {
		this.#isHeld = true;
	}

	/** The end of `hold`. */
	release(): void {
		this.#isHeld = false;
		if (this.#frame === 0) this.#showFrame();
	}

	/** Shows all that waits, unless it is held. */
	show(): void {
		this.showPart(Number.POSITIVE_INFINITY);
	}

	/** Shows so many operations of what waits, from the beginning of the text on. */
	showPart(opsMax: number): void {
		if (!this.#isHeld) this.#showWaiting(opsMax);
	}

	/** Where an index of Quill is in Y.Text. */
	toDocIndex(index: number): number {
		return this.#waiting.asOne()?.transformPosition(index) ?? index;
	}

	/** The place in Y.Text of an index of Quill. */
	placeOf(index: number): Y.RelativePosition {
		const at = this.toDocIndex(index);
		return placeAt(this.#text, at, at === this.#typedTo);
	}

	/** False while the doc has changes that are not shown yet. */
	get isCurrent(): boolean {
		return this.#waiting.count === 0;
	}

	readonly #onEditorChange = (
		name: string,
		delta: unknown,
		old: unknown,
		source: unknown,
	): void => {
		if (name !== "text-change" || source === this.#origin) return;
		this.#takeLocal(delta as Delta, old as Delta, source);
	};

	#takeLocal(delta: Delta, old: Delta, source: unknown): void {
		const oldLength = old.length();
		const whole = onWholeCharacters(delta.ops, old.ops);
		const change = new Delta(forDoc(whole.ops, oldLength - 1));
		const waiting = this.#waiting.asOne();
		const forText = waiting?.transform(change, true) ?? change;
		this.#waiting.replace(waiting === null ? null : change.transform(waiting, false));
		if (!writePlainly(this.#text, forText.ops, this.#origin)) {
			this.#listener?.("text-change", { ops: forText.ops }, old, source);
		}
		this.#typedTo = endOfTyped(forText.ops);
		if (whole.isExact) {
			this.#giveFinalNewline(oldLength + growthOf(change));
			this.#repairLines(delta);
		} else this.#rebuild();
	}

	/** Gives Quill a new final newline where its own became a real one of the doc. */
	#giveFinalNewline(length: number): void {
		const shown = this.#quill.getLength();
		if (shown === length - 1) {
			this.#quill.updateContents(new Delta().retain(shown).insert("\n"), this.#source());
		}
		if (this.#quill.getLength() !== length) this.#rebuild();
	}

	/** Shows as much as a frame allows, and the rest with the frames to come. */
	#showFrame(): void {
		const startMs = performance.now();
		const partOps = this.#partOps;
		this.showPart(partOps);
		const tookMs = performance.now() - startMs;
		if (tookMs > partMs) this.#partOps = Math.max(partOpsMin, partOps / 2);
		else if (!this.isCurrent && tookMs < partMs / 3)
			this.#partOps = Math.min(partOpsMax, partOps * 2);
		this.#frame = requestAnimationFrame(() => {
			this.#frame = 0;
			if (!this.isCurrent && !this.#isHeld) this.#showFrame();
		});
	}

	#showWaiting(opsMax: number): void {
		const waiting = this.#waiting.asOne();
		if (waiting === null) return;
		const { part, rest } = cutOps(waiting.ops, opsMax);
		this.#waiting.replace(rest === null ? null : new Delta(rest));
		if (part.length === 0) return;
		const change = new Delta(forScreen(part));
		if (this.#isDoubtful || !this.#tryToShow(change)) this.#rebuild();
		else this.#repairLines(change);
	}

	/** @returns false where Quill does not show the doc afterwards, but for what waits */
	#tryToShow(change: Delta): boolean {
		const quill = this.#quill;
		if (quill.getLength() === 1) return false;
		// Y.Text itself blanks a character that a stranger cut in two: what is shown is no guide then.
		if (cutsCharacter(change.ops, quill.editor.delta.ops)) return false;
		try {
			quill.updateContents(change, this.#source());
		} catch (error) {
			// A blot that could not be made: say so, and show the document anew.
			reportError(error);
			return false;
		}
		return this.#missing() === growthOf(this.#waiting.asOne() ?? new Delta());
	}

	/** How many code units Quill is short of. */
	#missing(): number {
		return this.#text.length + 1 - this.#quill.getLength();
	}

	#repairLines(change: Delta): void {
		if (!changesLineKinds(change.ops)) return;
		if (!this.isCurrent) {
			this.#isDoubtful = true;
			return;
		}
		const repairs = lineRepairs(this.#quill, change, this.#text.toDelta());
		if (repairs !== null) this.#quill.updateContents(repairs, this.#source());
	}

	/** Shows the whole document of Y.Text, once, and puts the caret back where it was. */
	#rebuild(): void {
		this.#waiting.replace(null);
		this.#isDoubtful = false;
		const quill = this.#quill;
		quill.scroll.batchEnd();
		const range = quill.hasFocus() ? quill.getSelection() : null;
		const contents = new Delta(forScreen(this.#text.toDelta())).insert("\n");
		quill.setContents(contents, this.#source());
		if (this.#missing() !== 0) {
			throw new Error(`Quill shows ${quill.getLength()} of ${this.#text.length} and 1`);
		}
		if (range !== null) quill.setSelection(range.index, range.length, "silent");
	}

	/** Quill compares sources by identity and hands them on; its type knows only its own three. */
	#source(): "api" {
		return this.#origin as "api";
	}
}

/** By how much a change makes a document longer. */
function growthOf(change: Delta): number {
	return change.reduce((growth, op) => growth + newLengthOf(op) - oldLengthOf(op), 0);
}
