/**
 * The field over the board in which words are typed: a real one, so that every keyboard, every way
 * of composing and every screen reader works in it. New words are in the doc with their first
 * letter and not before, so nothing empty is ever left behind.
 */
import * as Y from "yjs";
import { itemTextLengthMax } from "../../../shared/limits.ts";
import { eraseItems } from "../../../shared/surfaces/arrange/edits.ts";
import { type BoardItem, readItem } from "../../../shared/surfaces/board.ts";
import { isWordsKind, letterSizes, mayHaveWords } from "../../../shared/surfaces/words/letters.ts";
import {
	addWords,
	lettersOf,
	type Words,
	wordsKeys,
} from "../../../shared/surfaces/words/words.ts";
import { SharedField } from "../../sync/field/shared-field.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/board-words/shapes.ts";
import { grow, overlaps } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { LayWords, Scene } from "../scene.ts";
import type { Overlay, Stage } from "../stage.ts";
import type { BoardStyle } from "../tools/style.ts";
import type { UndoSteps } from "../tools/undo.ts";
import type { View } from "../view.ts";
import { FieldView } from "./field-view.ts";
import { makeRoom } from "./inside.ts";
import { boxBeside } from "./place.ts";

/** What is typed after so long a rest is another step of undo. */
const restMs = 1_000;

/** What the field works on. */
export interface WordsPorts {
	readonly client: RoomClient;
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly stage: Stage;
	/** Takes the pointers; the field lies over it. */
	readonly paper: HTMLElement;
	readonly lay: LayWords;
	readonly style: () => BoardStyle;
	readonly act: (run: () => void) => void;
	readonly began: () => void;
	readonly undo: Pick<UndoSteps, "undo" | "redo">;
	readonly view: Pick<View, "look">;
	/** Words that were typed to their end can be arranged. */
	readonly made: (entry: unknown) => void;
}

/** While somebody types. */
interface Session {
	readonly view: FieldView;
	readonly field: SharedField;
	/** How the words look and where they stand, as long as they are not in the doc. */
	words: Words;
	/** Null before the first letter. */
	entry: Y.Map<unknown> | null;
	/** The letters that the field shows; null where there are none yet. */
	letters: Y.Text | null;
	/** True where this person typed the first of them. */
	isBeginner: boolean;
	scene: SceneItem | null;
	/** Own steps that can be taken back in the field, and done again. */
	undoCount: number;
	redoCount: number;
	typedMs: number;
}

/** Opens and closes the field; there is at most one. Also draws the shape that it lies in. */
export class WordsEditor implements Overlay {
	readonly #ports: WordsPorts;
	#session: Session | null = null;

	constructor(ports: WordsPorts) {
		this.#ports = ports;
		ports.stage.addOverlay(this);
	}

	/** True while the field is open. */
	get isTyping(): boolean {
		return this.#session !== null;
	}

	get isEmpty(): boolean {
		return this.#shape === null;
	}

	/** The shape in which the field lies; null for texts and notes. */
	get #shape(): SceneItem | null {
		const scene = this.#session?.scene ?? null;
		return scene === null || isWordsKind(scene.item.kind) ? null : scene;
	}

	/** The shape alone: the field has its words. */
	draw(context: PaintContext, { camera, pixelRatio }: Frame): boolean {
		const { painter } = this.#ports.stage.layer;
		if (this.#shape === null) return false;
		const { id, item, box, order, lifted } = this.#shape;
		painter.paint(context, [{ id, item, box, order, lifted }], camera.zoom * pixelRatio);
		return false;
	}

	/** True for words, and for a shape, that this person may type into. */
	canEdit({ id, item }: SceneItem): boolean {
		const [entry] = this.#ports.scene.valuesOf([id]);
		const isShape = mayHaveWords(item.kind) && entry instanceof Y.Map && !entry.has("t");
		const hasPlace = lettersOf(entry) !== null || isShape;
		return !item.isLocked && hasPlace && this.#ports.client.may("board");
	}

	/** Types new words. */
	begin(words: Words): void {
		this.finish();
		this.#open(words, null);
	}

	/** Types into words that are there. */
	edit(scene: SceneItem): void {
		this.finish();
		const [entry] = this.#ports.scene.valuesOf([scene.id]);
		if (!this.canEdit(scene) || !(entry instanceof Y.Map)) return;
		this.#open(wordsOf(scene), entry);
	}

	/** A letter, Enter or Backspace, as if the field had been there when it was pressed. */
	type(key: string): void {
		this.#session?.view.type(key);
	}

	/** Ends typing; words without letters vanish. */
	finish(isChosen = false): void {
		const session = this.#session;
		if (session === null) return;
		const hadFocus = session.view.hasFocus;
		session.field.close();
		this.#session = null;
		const { entry } = session;
		session.view.close();
		const { paper, stage, scene, made } = this.#ports;
		const item = entry === null ? null : scene.itemOf(entry);
		if (item !== null) stage.layer.show([item]);
		if (hadFocus) paper.focus({ preventScroll: true });
		if (entry === null || item === null) return;
		if (isWordsKind(item.item.kind) && item.item.text?.trim() === "") this.#erase(entry);
		else if (isChosen) made(entry);
	}

	/** Another colour or size for what is being typed. True where something is. */
	restyle({ color, width, opacity }: Partial<BoardStyle>): boolean {
		const session = this.#session;
		if (session === null) return false;
		const { words, entry } = session;
		session.words = {
			...words,
			color: color ?? words.color,
			size: width ?? words.size,
			look: { ...words.look, opacity: opacity ?? words.look.opacity },
		};
		if (entry !== null) {
			this.#act(session, () => {
				if (color !== undefined) entry.set("c", color);
				if (width !== undefined) entry.set(this.#shape === null ? "w" : "h", width);
				if (opacity !== undefined) entry.set("o", opacity);
			});
		}
		this.#draw(session);
		return true;
	}

	/** The board has changed: the words may be elsewhere, look different, or be gone. */
	refresh(): void {
		const session = this.#session;
		if (session?.entry == null) return;
		const scene = this.#ports.scene.itemOf(session.entry);
		if (scene === session.scene) return;
		session.scene = scene;
		if (scene === null) {
			// Somebody else erased them: what is typed from now on is words of their own.
			session.entry = null;
			session.letters = null;
			session.field.follow(null);
			return;
		}
		session.words = wordsOf(scene);
		this.#followLetters(session, session.entry);
		this.#draw(session);
	}

	/** A shape may have other letters than a moment ago: by undo, or where two began to type. */
	#followLetters(session: Session, entry: Y.Map<unknown>): void {
		const letters = lettersOf(entry);
		if (letters === session.letters) return;
		const { field } = session.view;
		const lost = session.isBeginner && letters !== null ? field.value : "";
		session.letters = letters;
		session.isBeginner = false;
		if (letters === null) field.value = "";
		session.field.follow(letters);
		// Somebody else's first letter replaced the own one: what was typed goes behind theirs.
		if (lost !== "") this.#act(session, () => letters?.insert(letters.length, ` ${lost}`));
	}

	#open(words: Words, entry: Y.Map<unknown> | null): void {
		const { paper, client, stage, scene, view: outer } = this.#ports;
		const view = new FieldView({
			paper,
			stage,
			look: (camera) => outer.look(camera),
			...lookOf(words, entry),
			lengthMax: itemTextLengthMax,
			key: (event) => this.#onKey(event),
			step: (way) => this.#step(way),
			left: (to) => this.#onLeft(to),
		});
		const field = new SharedField(
			{
				field: view.field,
				mayWrite: () => client.may("board"),
				act: (run) => this.#session !== null && this.#act(this.#session, run),
				shown: () => this.#session !== null && this.#draw(this.#session),
				begin: (letters) => this.#beginWith(letters),
			},
			lettersOf(entry),
		);
		const session: Session = {
			...{ view, field, words, entry, scene: scene.itemOf(entry) },
			...{ letters: lettersOf(entry), isBeginner: false },
			...{ undoCount: 0, redoCount: 0, typedMs: Number.NEGATIVE_INFINITY },
		};
		this.#session = session;
		if (session.scene !== null) stage.layer.hide([session.scene]);
		this.#draw(session);
		view.focus();
	}

	/** The first letters of new words: item and letters are one update; or those of a shape. */
	#beginWith(letters: string): Y.Text | null {
		const session = this.#session;
		if (session === null || letters === "") return null;
		const { board, scene, stage } = this.#ports;
		session.isBeginner = true;
		this.#act(session, () => {
			if (session.entry === null) {
				session.entry = addWords(board, { ...session.words, text: letters });
			} else session.entry.set("t", new Y.Text(letters));
			session.letters = lettersOf(session.entry);
		});
		session.scene = scene.itemOf(session.entry);
		if (session.scene !== null) stage.layer.hide([session.scene]);
		return session.letters;
	}

	#act(session: Session, run: () => void): void {
		const nowMs = performance.now();
		if (nowMs - session.typedMs > restMs) {
			this.#ports.began();
			session.undoCount++;
			session.redoCount = 0;
		}
		session.typedMs = nowMs;
		const { act, board, lay } = this.#ports;
		act(() => {
			run();
			if (session.entry !== null) makeRoom(board, session.entry, lay);
		});
	}

	/** Takes back what was typed here, and nothing that was done before. */
	#step(way: "undo" | "redo"): void {
		const session = this.#session;
		if (session === null) return;
		const isUndo = way === "undo";
		if ((isUndo ? session.undoCount : session.redoCount) === 0) return;
		session.undoCount += isUndo ? -1 : 1;
		session.redoCount += isUndo ? 1 : -1;
		session.typedMs = Number.NEGATIVE_INFINITY;
		const wasThere = session.entry !== null;
		this.#ports.undo[way]();
		if (wasThere && session.entry === null) this.finish();
	}

	#draw(session: Session): void {
		const { lay } = this.#ports;
		const item = this.#itemOf(session);
		const layout = item === null ? null : lay(item);
		if (item !== null && layout !== null) session.view.show(item, layout);
	}

	/** What the field shows, as an item: with letters that are still being composed. */
	#itemOf({ scene, words, view }: Session): BoardItem | null {
		const text = view.field.value;
		if (scene !== null) return { ...scene.item, text };
		return readItem({ ...Object.fromEntries(wordsKeys(words)), t: text });
	}

	#onKey(event: KeyboardEvent): boolean {
		const { key, shiftKey, ctrlKey, metaKey } = event;
		if (key === "Escape" || (key === "Enter" && (ctrlKey || metaKey))) {
			this.finish(true);
			return true;
		}
		if (key !== "Tab" || shiftKey || this.#session?.words.kind !== "note") return false;
		this.#next(this.#session);
		return true;
	}

	/** The next note, beside this one; behind an empty one there is none. */
	#next(session: Session): void {
		const item = this.#itemOf(session);
		const layout = item === null ? null : this.#ports.lay(item);
		if (layout === null || session.view.field.value.trim() === "") {
			this.finish(true);
			return;
		}
		const { scene } = this.#ports;
		const isTaken = (box: Words["box"]) =>
			scene.near(box).some((other) => other.item.kind === "note" && overlaps(other.box, box));
		const box = boxBeside(grow(layout.area, layout.padding), isTaken);
		this.begin({ ...session.words, box, text: "" });
	}

	#onLeft(to: EventTarget | null): void {
		const session = this.#session;
		if (session === null || !document.hasFocus()) return; // Back in this window one types on.
		// The mouse that browsers make of the tap which opened it: one types on.
		if (to === this.#ports.paper && !session.view.isPressedAround) {
			queueMicrotask(() => session.view.focus());
		} else this.finish();
	}

	#erase(entry: Y.Map<unknown>): void {
		const { act, board, scene } = this.#ports;
		const entries = new Set([entry]);
		act(() => {
			scene.settle(entries);
			eraseItems(board, entries);
		});
	}
}

/** What the field is called, and how it looks. */
function lookOf({ kind }: Words, entry: Y.Map<unknown> | null) {
	const drawn = readItem(entry)?.kind;
	if (drawn !== undefined && !isWordsKind(drawn)) {
		return { label: t("words.inside"), kind: "shape" } as const;
	}
	return { label: t(kind === "note" ? "words.note" : "words.text"), kind } as const;
}

/** How words that are there look, for those that will stand beside them. */
function wordsOf({ item, box, words }: SceneItem): Words {
	const size = (letterSizes as readonly number[]).indexOf(words?.size ?? item.width);
	return {
		kind: item.kind === "note" ? "note" : "text",
		color: typeof item.color === "number" ? item.color : 0,
		size: Math.max(0, size),
		look: item.look,
		box: words === undefined ? box : grow(words.area, words.padding),
		text: item.text ?? "",
	};
}
