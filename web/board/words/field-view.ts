/** How the field for words looks and where it lies: at the camera's zoom, over what it shows. */
import type { Cancel } from "../../../shared/clock.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { turnedBox } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { WordsKind } from "../../../shared/surfaces/words/letters.ts";
import { type Camera, grow, toScreen } from "../camera.ts";
import type { Stage } from "../stage.ts";
import { openMeasure } from "./font.ts";
import { lineOf, type WordsLayout } from "./layout.ts";
import { notePaper, wordsInk } from "./note-colors.ts";
import { cameraFor } from "./place.ts";

/** Letters are at least so high while one types, in CSS pixels; under a thumb they are larger. */
const letterPixelsMin = 10;
const letterPixelsMinTouch = 16;
/** How far the caret is taken to reach to each side, in units. */
const caretReach = 8;

/** What the field is made of, and whom it tells. */
export interface FieldViewPorts {
	readonly paper: HTMLElement;
	readonly stage: Stage;
	readonly look: (camera: Camera) => void;
	readonly label: string;
	readonly kind: WordsKind | "shape";
	readonly lengthMax: number;
	/** A key was pressed. True where it did something, and the browser should not. */
	readonly key: (event: KeyboardEvent) => boolean;
	readonly step: (way: "undo" | "redo") => void;
	/** The focus went there. */
	readonly left: (to: EventTarget | null) => void;
}

/** Keys that mean the same while one types: the board's zoom, and all that Alt and F keys do. */
const pageKeys = /^(F\d+|[-+=0])$/;

/** A field on the board. `close()` it when typing ends. */
export class FieldView {
	/** What people type into. */
	readonly field = document.createElement("textarea");
	readonly #ports: FieldViewPorts;
	readonly #root = document.createElement("div");
	readonly #listening = new AbortController();
	readonly #measure = openMeasure();
	readonly #sizes: ResizeObserver;
	readonly #unfollow: Cancel;
	#layout: WordsLayout | null = null;
	#isPressedAround = false;
	/** Letters were pressed before it was here. */
	#isTypedAhead = false;

	constructor(ports: FieldViewPorts) {
		this.#ports = ports;
		this.#root.className = `weft-words weft-words--${ports.kind}`;
		const { field } = this;
		field.className = "weft-words__field";
		field.rows = 1;
		field.dir = "auto";
		field.maxLength = ports.lengthMax;
		field.setAttribute("aria-label", ports.label);
		this.#root.append(field);
		ports.paper.after(this.#root);
		this.#listen();
		this.#unfollow = ports.stage.onCamera(() => this.#place());
		// A phone's keyboard comes, and the board is lower then.
		this.#sizes = new ResizeObserver(() => this.#bring());
		this.#sizes.observe(ports.paper);
	}

	/** True while keys go there. */
	get hasFocus(): boolean {
		return document.activeElement === this.field;
	}

	/** True once a pointer went down on the paper since it was opened. */
	get isPressedAround(): boolean {
		return this.#isPressedAround;
	}

	/** Keys go there from now on, behind the last letter. */
	focus(): void {
		const { field } = this;
		field.focus({ preventScroll: true });
		field.setSelectionRange(field.value.length, field.value.length);
		this.#bring();
	}

	/**
	 * Does what a key does at the caret, which is behind the last letter. Enter before any letter
	 * asked once more for the field.
	 */
	type(key: string): void {
		const { field } = this;
		const { length } = field.value;
		if (key === "Enter" && !this.#isTypedAhead) return;
		this.#isTypedAhead = true;
		if (key === "Backspace") field.value = [...field.value].slice(0, -1).join("");
		else field.setRangeText(key === "Enter" ? "\n" : key, length, length, "end");
		field.dispatchEvent(new Event("input", { bubbles: true }));
	}

	/** Shows words as they lie now. */
	show(item: BoardItem, layout: WordsLayout): void {
		this.#layout = layout;
		const { style } = this.field;
		const { theme } = this.#ports.stage.layer.painter;
		const isNote = item.kind === "note";
		this.#root.style.setProperty("--words-ink", wordsInk(item, theme));
		this.#root.style.setProperty("--words-paper", notePaper(item.color, theme));
		this.#root.style.padding = `${layout.padding}px`;
		if (isNote) this.#root.style.minHeight = `${heightOf(layout)}px`;
		style.width = `${layout.inner}px`;
		style.fontSize = `${layout.size}px`;
		style.lineHeight = `${layout.lineHeight}px`;
		if (!CSS.supports("field-sizing", "content")) {
			style.height = "0";
			style.height = `${this.field.scrollHeight}px`;
		}
		this.#place();
		if (this.hasFocus) this.#bring();
	}

	/** Takes the field away. Safe to call twice. */
	close(): void {
		this.#listening.abort();
		this.#sizes.disconnect();
		this.#unfollow();
		this.#root.remove();
	}

	#listen(): void {
		const { signal } = this.#listening;
		const { field } = this;
		field.addEventListener("keydown", (event) => this.#onKey(event), { signal });
		field.addEventListener("blur", (event) => this.#ports.left(event.relatedTarget), { signal });
		field.addEventListener("beforeinput", (event) => this.#onBeforeInput(event), { signal });
		const pressed = (): void => {
			this.#isPressedAround = true;
		};
		this.#ports.paper.addEventListener("pointerdown", pressed, { signal });
		// A note is more than its lines: all of it is the field.
		const press = (event: MouseEvent): void => {
			if (event.target === field) return;
			event.preventDefault();
			field.focus({ preventScroll: true });
		};
		this.#root.addEventListener("mousedown", press, { signal });
		// What is copied here are letters, not items; a picture is still the board's.
		const keep = (event: ClipboardEvent): void => {
			const files = event.clipboardData?.files.length ?? 0;
			if (files === 0) event.stopPropagation();
		};
		for (const type of ["copy", "cut", "paste"] as const) {
			field.addEventListener(type, keep, { signal });
		}
	}

	#onKey(event: KeyboardEvent): void {
		const { key, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
		const isControl = ctrlKey || metaKey;
		if (altKey || (pageKeys.test(key) && (isControl || key.length > 1))) return;
		event.stopPropagation(); // Letters are no tools here.
		if (isComposing) return;
		const name = key.toLowerCase();
		if (isControl && (name === "z" || name === "y")) {
			event.preventDefault();
			this.#ports.step(name === "z" && !shiftKey ? "undo" : "redo");
		} else if (this.#ports.key(event)) event.preventDefault();
	}

	/** The browser's own undo would bring back what others have changed since. */
	#onBeforeInput(event: InputEvent): void {
		const way = { historyUndo: "undo", historyRedo: "redo" } as const;
		const { inputType } = event;
		if (inputType !== "historyUndo" && inputType !== "historyRedo") return;
		event.preventDefault();
		this.#ports.step(way[inputType]);
	}

	#place(): void {
		const layout = this.#layout;
		if (layout === null) return;
		const { camera, pixelRatio } = this.#ports.stage.frame;
		const { middle, turn, isInside, inner } = layout;
		const card = grow(layout.area, layout.padding);
		// In a shape lines may be wider than those that are there.
		const [left, top] = [isInside ? middle.x - inner / 2 : card.minX, card.minY];
		// Where the tiles are drawn: their origin is on a whole pixel.
		const origin = toScreen(camera, { x: 0, y: 0 });
		const whole = (pixels: number) => Math.round(pixels * pixelRatio) / pixelRatio;
		const x = whole(origin.x) + middle.x * camera.zoom;
		const y = whole(origin.y) + middle.y * camera.zoom;
		this.#root.style.transform =
			`translate(${x}px, ${y}px) rotate(${turn}deg) scale(${camera.zoom}) ` +
			`translate(${left - middle.x}px, ${top - middle.y}px)`;
		this.#root.style.setProperty("--words-zoom", String(camera.zoom));
	}

	/** Looks where the caret is. */
	#bring(): void {
		const layout = this.#layout;
		const { stage, look } = this.#ports;
		if (layout === null || stage.size.width === 0) return;
		const isTouch = matchMedia("(pointer: coarse)").matches;
		const least = (isTouch ? letterPixelsMinTouch : letterPixelsMin) / layout.size;
		const camera = cameraFor(this.#caretIn(layout), stage, least);
		const { x, y, zoom } = stage.camera;
		if (camera.x !== x || camera.y !== y || camera.zoom !== zoom) look(camera);
	}

	#caretIn(layout: WordsLayout): Bounds {
		const { selectionEnd } = this.field;
		const index = lineOf(layout, selectionEnd);
		const line = layout.lines[index];
		const { minX, maxX, minY } = layout.area;
		const before = line?.text.slice(0, selectionEnd - line.from) ?? "";
		const along = this.#measure(before, layout.size);
		const middle = (minX + maxX) / 2 - this.#measure(line?.text ?? "", layout.size) / 2;
		const start = layout.isInside ? middle : minX;
		const x = line?.isRtl && !layout.isInside ? maxX - along : start + along;
		const top = minY + index * layout.lineHeight;
		const [left, right] = [x - caretReach, x + caretReach];
		const caret = { minX: left, maxX: right, minY: top, maxY: top + layout.lineHeight };
		return turnedBox(caret, { ...layout.middle, turn: layout.turn });
	}
}

function heightOf({ area, padding }: WordsLayout): number {
	return area.maxY - area.minY + 2 * padding;
}
