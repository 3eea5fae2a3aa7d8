/** Puts texts and notes down by a click, a drag or Enter, and opens those that are there. */
import type { WordsKind } from "../../../shared/surfaces/words/letters.ts";
import { type Point, toBoard } from "../camera.ts";
import { itemAt } from "../hit.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Press, Sample, Tool } from "../tools/tool.ts";
import type { WordsEditor, WordsPorts } from "./editor.ts";
import { boxAt } from "./place.ts";

/** Notes that are not told to be of another colour. */
const noteColor = 4;

/** What the tool works on. */
export interface WordsToolPorts extends WordsPorts {
	/** The kind that is in the hand. */
	readonly kind: () => WordsKind;
	/** Something is about to be typed: the tool goes out of the hand, unless it is kept. */
	readonly opening: () => void;
}

/** A press: from there to here, in board units. */
interface Drag {
	readonly from: Sample;
	readonly to: Sample;
}

/** The tool of both kinds. */
export class WordsTool implements Tool {
	readonly cursor = "text";
	readonly #ports: WordsToolPorts;
	readonly #editor: WordsEditor;
	#drag: Drag | null = null;

	constructor(ports: WordsToolPorts, editor: WordsEditor) {
		this.#ports = ports;
		this.#editor = editor;
	}

	/** True while a field is open. */
	get isTyping(): boolean {
		return this.#editor.isTyping;
	}

	down({ sample }: Press): void {
		this.#editor.finish();
		this.#drag = { from: sample, to: sample };
	}

	move(samples: readonly Sample[]): void {
		const to = samples.at(-1);
		if (this.#drag !== null && to !== undefined) this.#drag = { ...this.#drag, to };
	}

	up(): void {
		const drag = this.#drag;
		this.#drag = null;
		if (drag === null) return;
		const under = itemAt(this.#ports, drag.to.screen, 0);
		if (under?.item.kind === this.#ports.kind() && this.#editor.canEdit(under)) {
			this.#ports.opening();
			this.#editor.edit(under);
		} else this.#place(this.#ports.kind(), drag.from.at, drag.to.at);
	}

	cancel(): void {
		this.#drag = null;
	}

	leave(): void {
		this.#drag = null;
		this.#editor.finish();
	}

	/** In the middle of the view. */
	enter(): boolean {
		const { camera, size } = this.#ports.stage;
		const middle = toBoard(camera, { x: size.width / 2, y: size.height / 2 });
		this.#place(this.#ports.kind(), middle, middle);
		return true;
	}

	/** Types into words that are there. */
	edit(scene: SceneItem): void {
		this.#editor.edit(scene);
	}

	/** A key that was pressed while this was on its way. */
	type(key: string): void {
		this.#editor.type(key);
	}

	/** A text at a point of the screen, whatever is in the hand. */
	write(screen: Point): void {
		const at = toBoard(this.#ports.stage.camera, screen);
		this.#place("text", at, at);
	}

	#place(kind: WordsKind, from: Point, to: Point): void {
		const { stage, style, opening } = this.#ports;
		const { camera, size } = stage;
		const { color, width, opacity } = style();
		const box = boxAt(kind, width, { from, to, camera, size });
		opening();
		this.#editor.begin({
			kind,
			color: kind === "note" && color === 0 ? noteColor : color,
			size: width,
			look: { fill: "none", dash: "solid", opacity },
			box,
			text: "",
		});
	}
}
