/** One person's own steps on the board: each is taken back whole, and nobody else's with it. */
import * as Y from "yjs";
import { clearBoard } from "../../../shared/surfaces/board.ts";

/** What a step had deleted, as Yjs notes it. */
export type Deletions = Y.UndoManager["undoStack"][number]["deletions"];

/** One gesture is one step of undo, however long it takes; every gesture begins a new one. */
const groupMs = 10 * 60 * 1_000;

/** What can be undone of what was done by `act` and `clear`. `close()` it when the board goes. */
export class UndoSteps {
	/** False where nothing may be done, nor taken back. */
	isOn = true;
	readonly #board: Y.Array<unknown>;
	readonly #steps: Y.UndoManager;
	/** Takes back a clearing also when other things were done since. */
	readonly #clearings: Y.UndoManager;
	readonly #clearing = {};

	/** `popped` is told what was deleted by the step that was taken back, or done again. */
	constructor(
		board: Y.Array<unknown>,
		changed: () => void,
		popped: (deletions: Deletions) => void = () => undefined,
	) {
		this.#board = board;
		this.#steps = makeUndo(board, [this, this.#clearing]);
		this.#clearings = makeUndo(board, [this.#clearing]);
		this.#steps.on("stack-item-added", changed);
		this.#steps.on("stack-item-popped", changed);
		for (const steps of [this.#steps, this.#clearings]) {
			steps.on("stack-item-popped", ({ stackItem }) => popped(stackItem.deletions));
		}
	}

	/** True where one's own doing can be taken back. */
	get canUndo(): boolean {
		return this.#steps.canUndo();
	}

	/** True where something was taken back that can be done again. */
	get canRedo(): boolean {
		return this.#steps.canRedo();
	}

	/** What follows is another step. */
	begin(): void {
		this.#steps.stopCapturing();
	}

	/** Edits the board as a part of the current step. */
	act(run: () => void): void {
		if (this.isOn) this.#board.doc?.transact(run, this);
	}

	/** Takes back one's own last step. */
	undo(): void {
		if (this.isOn) this.#steps.undo();
	}

	/** Does again what was taken back. */
	redo(): void {
		if (this.isOn) this.#steps.redo();
	}

	/** Empties the board. Returns how to take that back, whatever was done since. */
	clear(): () => void {
		this.#clearings.stopCapturing();
		this.#board.doc?.transact(() => clearBoard(this.#board), this.#clearing);
		const step = this.#steps.undoStack.at(-1);
		return () => {
			if (!this.isOn) return;
			// Else the next undo would take back once more what is back, and nothing would be seen.
			this.#steps.undoStack = this.#steps.undoStack.filter((other) => other !== step);
			this.#clearings.undo();
		};
	}

	/** Forgets everything. Safe to call twice. */
	close(): void {
		this.#clearings.destroy();
		this.#steps.destroy();
	}
}

function makeUndo(board: Y.Array<unknown>, origins: readonly object[]): Y.UndoManager {
	return new Y.UndoManager(board, {
		trackedOrigins: new Set(origins),
		captureTimeout: groupMs,
	});
}
