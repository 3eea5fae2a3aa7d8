/** Which tool of a board is in the hand, what it draws with, and what a hand does. */
import { isWordsKind, mayHaveWords } from "../../../shared/surfaces/words/letters.ts";
import type { Point } from "../camera.ts";
import type { Erasers } from "../erase/kit.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Kit } from "../shapes/kit.ts";
import type { Key } from "./keys.ts";
import { InTurn } from "./later-tool.ts";
import { Pointers } from "./pointers.ts";
import type { ToolBoxPorts } from "./ports.ts";
import type { SelectTool } from "./select.ts";
import { type BoardStyle, firstStyle, leaves } from "./style.ts";
import { type EraserName, isEraser, type Tool, type ToolName } from "./tool.ts";
import { ToolRack } from "./tool-rack.ts";

/** Tools of which the same key or button again means the one before. */
const passing: readonly ToolName[] = ["hand", "eraser", "partEraser", "laser"];

/** Tools that draw along a way, and are led by keys, too. */
const ledByKeys: readonly ToolName[] = ["pen", "highlighter", "eraser", "partEraser"];

const none: ReadonlySet<number> = new Set();

/** The tools of one board; one of them is in the hand. `close()` it when the board goes. */
export class ToolBox {
	/** What is done behind keys that wait for code. */
	readonly turn = new InTurn(() => this.arriving);
	readonly #ports: ToolBoxPorts;
	readonly #rack: ToolRack;
	readonly #pointers: Pointers;
	#name: ToolName;
	#before: ToolName;
	#style: BoardStyle = firstStyle;
	/** The one that was in the hand last; the other end of a pen is it. */
	#eraser: EraserName = "eraser";
	#isKept = false;
	/** What is to be chosen once the code of choosing is here; null where nothing waits. */
	#toChoose: ReadonlySet<number> | null = null;
	#isSpaceHeld = false;
	#isBusy = false;
	#isClosed = false;

	constructor(ports: ToolBoxPorts) {
		this.#ports = ports;
		this.#name = ports.undo.isOn ? "pen" : "hand";
		this.#before = this.#name;
		this.#rack = new ToolRack({
			...ports,
			tool: () => this.#name,
			style: () => this.#style,
			made: (entry) => this.#made(entry),
			opening: () => {
				if (!this.#isKept) this.#hold("select");
			},
			failed: (error) => {
				this.#toChoose = null;
				this.#pointers.giveUp(); // What is done behind it waits for nothing any more.
				if (!this.#isClosed) ports.missing(error);
			},
		});
		this.#pointers = this.#listenToPointers();
	}

	/** The one in the hand. */
	get name(): ToolName {
		return this.#name;
	}

	/** What is chosen looks like this, else the next item will. */
	get style(): BoardStyle {
		return this.choosing?.acts.style() ?? this.#style;
	}

	/** What works on chosen items; null while that is not in the hand. */
	get choosing(): SelectTool | null {
		return this.#name === "select" ? this.#rack.select.here : null;
	}

	/** What has a bar of its own for what is in the hand; null where nothing has, or not yet. */
	get secondBar(): SelectTool | Erasers | null {
		return isEraser(this.#name) ? this.#rack.erasers.here : this.choosing;
	}

	/** True where a shape that was drawn leaves its tool in the hand. */
	get isKept(): boolean {
		return this.#isKept;
	}

	/** True while a pointer is down. */
	get isBusy(): boolean {
		return this.#isBusy;
	}

	/** True where fingers only move the paper, because there is a pen. */
	get isPenMode(): boolean {
		return this.#pointers.isPenMode;
	}

	/** While what was done waits for its code: whether that came, once it is done. Else null. */
	get arriving(): Promise<boolean> | null {
		return this.#tool.arriving ?? this.#rack.selecting.arriving ?? this.#rack.led.arriving;
	}

	/** Shapes and their panel; null before they were fetched. */
	get kit(): Kit | null {
		return this.#rack.kit.here;
	}

	/** What puts texts and notes down. */
	get writing(): ToolRack["writing"] {
		return this.#rack.writing;
	}

	/** Fetches shapes and their panel. */
	async fetchKit(): Promise<void> {
		await this.#rack.kit.get();
		this.#ports.changed();
	}

	/** Fetches what shows texts and notes. */
	async fetchWords(): Promise<void> {
		await this.#rack.words.get();
	}

	/** Types into the words under a point of the screen, or new ones where nothing is. */
	write(screen: Point): void {
		if (this.#name !== "select") return;
		this.#rack.selecting.run((select) => {
			const under = select.itemUnder(screen) ?? select.shapeAround(screen);
			if (under === null) this.#rack.writing.run((tool) => tool.write(screen));
			else if (mayHaveWords(under.item.kind)) this.#edit(under);
		});
	}

	/** Takes a tool in the hand; the same again goes back, for hand and eraser. */
	take(tool: ToolName): void {
		const next = tool === this.#name && passing.includes(tool) ? this.#before : tool;
		if (!this.#ports.undo.isOn || next === this.#name) return;
		this.#pointers.giveUp();
		this.#hold(next);
	}

	/** After a shape its tool stays in the hand, or no longer. */
	keep(): void {
		this.#isKept = !this.#isKept;
		this.#ports.changed();
	}

	/** Another colour, width or look: of what is chosen, else something that draws is in the hand. */
	setStyle(style: Partial<BoardStyle>): void {
		this.#style = { ...this.#style, ...style };
		const isTyped = this.#rack.words.here?.editor.restyle(style) === true;
		if (!isTyped && this.chosen.size > 0) {
			this.#rack.selecting.run((select) => select.acts.restyle(style));
		} else if (!isTyped && !leaves(this.#name, style)) this.take("pen");
		this.#ports.changed();
	}

	/** Who may draw no more holds nothing; who may again has the pen in the hand. */
	rightsChanged(): void {
		this.#pointers.giveUp();
		this.#rack.words.here?.editor.finish();
		this.#hold(this.#ports.undo.isOn ? "pen" : "hand");
	}

	/** Draws with the tool in the hand, without a pointer, or types into what is chosen. */
	enter(): boolean {
		if (this.choosing?.connect() === true) return true;
		const [id, ...more] = this.#name === "select" ? this.chosen : [];
		const only = id === undefined || more.length > 0 ? null : this.#ports.scene.get(id);
		if (only !== null && mayHaveWords(only.item.kind)) {
			this.#edit(only);
			return true;
		}
		return (ledByKeys.includes(this.#name) ? this.#rack.led : this.#tool).enter?.() ?? false;
	}

	/** Moves what is chosen, or sizes what is drawn. True where something is. */
	nudge(by: Point): boolean {
		return this.#rack.led.here?.nudge(by) || (this.#tool.nudge?.(by) ?? false);
	}

	/** Ends what is being done, else forgets what is chosen. True where there was something. */
	escape(): boolean {
		if (this.#toChoose !== null) {
			this.#hold(this.#name); // What waits is forgotten.
			return true;
		}
		if (this.#pointers.giveUp() || this.#rack.led.escape()) return true;
		return this.#tool.escape?.() ?? false;
	}

	/** Ids of what is chosen and still there. */
	get chosen(): ReadonlySet<number> {
		return this.#toChoose ?? this.#rack.select.here?.chosen ?? none;
	}

	/** Chooses these items and no others, with the pointer in the hand. */
	choose(ids: readonly number[]): void {
		if (!this.#ports.undo.isOn) return;
		this.take("select");
		if (this.#rack.select.here === null) this.#toChoose = new Set(ids);
		this.#rack.selecting.run((select) => {
			this.#toChoose = null;
			select.choose(ids);
		});
	}

	/** Takes what is chosen off the board. */
	erase(): void {
		if (this.chosen.size > 0) this.#rack.selecting.run((select) => select.acts.erase());
	}

	/** Does what a key means for what is chosen. True where it means something. */
	press(key: Key): boolean {
		if (this.#name !== "select") return false;
		const { here } = this.#rack.select;
		// While its code is on its way, Tab leads on at once, and the rest is done then.
		if (here === null && key.key !== "Tab") this.#rack.selecting.run((select) => select.press(key));
		return here?.press(key) ?? false;
	}

	/** Forgets of what is chosen what is no longer on the board. */
	refresh(): void {
		this.#rack.select.here?.refresh();
		this.#rack.words.here?.editor.refresh();
	}

	/** The uppermost item under a point of the screen, for whoever has the pointer in the hand. */
	itemUnder(screen: Point): SceneItem | null {
		return this.#name === "select" ? (this.#rack.select.here?.itemUnder(screen) ?? null) : null;
	}

	/** Gives up what a pointer is doing: it was never meant. */
	giveUp(): void {
		this.#pointers.giveUp();
	}

	/** Lifts the pen wherever it is: the page is leaving. */
	lift(): void {
		this.#pointers.lift();
		this.#rack.led.here?.up();
	}

	/** Fingers draw again. */
	endPenMode(): void {
		this.#pointers.endPenMode();
		this.#ports.changed();
	}

	/** The space bar makes any tool a hand while it is held. */
	holdSpace(isHeld: boolean): void {
		this.#isSpaceHeld = isHeld;
		this.#showCursor();
	}

	/** Stops listening. Safe to call twice. */
	close(): void {
		this.#isClosed = true;
		this.#pointers.close();
		this.#rack.close();
	}

	get #tool(): Tool {
		return this.#rack.tools[this.#name];
	}

	#hold(tool: ToolName): void {
		this.#rack.led.leave();
		this.#tool.leave?.();
		this.#toChoose = null;
		// From one eraser to the other: what both go back to stays.
		if (!isEraser(tool) || !isEraser(this.#name)) this.#before = this.#name;
		this.#name = tool;
		if (isEraser(tool)) {
			this.#eraser = tool;
			this.#rack.erasers.get().then(this.#ports.changed, this.#ports.missing);
		}
		// Before the first tap: a phone opens its keyboard only while the tap is under way.
		if (isWordsKind(tool)) this.fetchWords().catch(this.#ports.missing);
		this.#showCursor();
		this.#ports.changed();
	}

	/** What was just drawn can be arranged, unless more of it is to come. */
	#made(entry: unknown): void {
		const item = this.#ports.scene.itemOf(entry);
		if (item === null || this.#isKept) return;
		this.#hold("select");
		this.choose([item.id]);
	}

	#edit(scene: SceneItem): void {
		this.choose([]); // The field has its own frame.
		this.#rack.writing.run((tool) => tool.edit(scene));
	}

	#listenToPointers(): Pointers {
		const { paper, stage, view, undo, pointed, penSeen, changed } = this.#ports;
		return new Pointers({
			element: paper,
			tool: () => {
				this.#rack.led.leave(); // A pointer is in the hand instead.
				return this.#tool;
			},
			turn: this.turn,
			hand: this.#rack.hand,
			eraser: () => (undo.isOn ? this.#rack.tools[this.#eraser] : this.#rack.hand),
			camera: () => stage.camera,
			setCamera: (camera) => view.look(camera),
			hovered: (press) => {
				this.#tool.hover?.(press);
				this.#showCursor();
			},
			pointed,
			isSpaceHeld: () => this.#isSpaceHeld,
			penSeen,
			changed: (isBusy) => {
				this.#isBusy = isBusy;
				this.#showCursor();
				changed();
			},
		});
	}

	#showCursor(): void {
		const tool = this.#isSpaceHeld ? this.#rack.hand : this.#tool;
		const isGrabbing = this.#isBusy && tool === this.#rack.hand;
		this.#ports.paper.style.cursor = isGrabbing ? "grabbing" : tool.cursor;
	}
}
