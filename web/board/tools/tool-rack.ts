/** The tools of one board: which of them are there at once, and which are fetched when used. */
import { Later } from "../../sync/later.ts";
import type { Erasers } from "../erase/kit.ts";
import type { KeyedHand } from "../keyed/keyed-hand.ts";
import type { Kit } from "../shapes/kit.ts";
import type { WordsKit } from "../words/kit.ts";
import type { WordsTool } from "../words/words-tool.ts";
import { HandTool } from "./hand.ts";
import { LaterTool, toolIn } from "./later-tool.ts";
import { PenTool } from "./pen.ts";
import type { ToolBoxPorts } from "./ports.ts";
import type { SelectTool } from "./select.ts";
import type { BoardStyle } from "./style.ts";
import type { Tool, ToolName } from "./tool.ts";

/** What tools are handed, and what they ask of whoever holds one of them. */
export interface ToolRackPorts extends ToolBoxPorts {
	/** The one in the hand. */
	readonly tool: () => ToolName;
	readonly style: () => BoardStyle;
	/** A shape or words were just put down. */
	readonly made: (entry: unknown) => void;
	/** A field opens, in which somebody types. */
	readonly opening: () => void;
	/** The code of a tool that waited for it did not come. */
	readonly failed: (error: unknown) => void;
}

/** Makes all tools. What first drawing does not need is fetched when it is used. */
export class ToolRack {
	readonly tools: Readonly<Record<ToolName, Tool>>;
	readonly hand: HandTool;
	readonly select: Later<SelectTool>;
	readonly selecting: LaterTool<SelectTool>;
	readonly erasers: Later<Erasers>;
	/** Fetched with the first shape, somebody's or one's own. */
	readonly kit: Later<Kit>;
	/** The same for texts and notes. */
	readonly words: Later<WordsKit>;
	/** What leads tools by keys. */
	readonly led: LaterTool<KeyedHand>;
	/** Puts them down. */
	readonly writing: LaterTool<WordsTool>;

	constructor(ports: ToolRackPorts) {
		const { client, failed } = ports;
		const work = workOf(ports);
		this.hand = new HandTool(ports.stage);
		this.select = new Later(client, async () => {
			const { SelectTool } = await import("./select.ts");
			return () => new SelectTool({ ...ports, ...work });
		});
		this.selecting = new LaterTool(this.select, { cursor: "default", failed });
		this.erasers = new Later(client, async () => {
			const { Erasers } = await import("../erase/kit.ts");
			return () => new Erasers(work);
		});
		const eraser = (of: (erasers: Erasers) => Tool) =>
			new LaterTool(toolIn(this.erasers, of), { cursor: "cell", failed });
		this.kit = new Later(client, async () => {
			const { Kit } = await import("../shapes/kit.ts");
			const held = () => this.tools[ports.tool()];
			return () => new Kit({ ...ports, ...work, held });
		});
		const inKit = <T extends Tool>(of: (kit: Kit) => T) =>
			new LaterTool(toolIn(this.kit, of), { cursor: "crosshair", failed });
		const shape = inKit(({ shape }) => shape);
		this.led = inKit(({ led }) => led);
		this.words = new Later(client, async () => {
			const { WordsKit } = await import("../words/kit.ts");
			return () => new WordsKit({ ...ports, ...work });
		});
		const inWords = toolIn(this.words, ({ tool }) => tool);
		this.writing = new LaterTool(inWords, { cursor: "text", failed });
		this.tools = {
			select: this.selecting,
			hand: this.hand,
			eraser: eraser(({ whole }) => whole),
			partEraser: eraser(({ parts }) => parts),
			pen: new PenTool("pen", { ...work, client }),
			highlighter: new PenTool("highlighter", { ...work, client }),
			rectangle: shape,
			ellipse: shape,
			diamond: shape,
			line: shape,
			arrow: shape,
			text: this.writing,
			note: this.writing,
			laser: inKit(({ laser }) => laser),
		};
	}

	/** Lets go of what was fetched. Safe to call twice. */
	close(): void {
		for (const part of [this.words, this.kit, this.select, this.erasers]) part.close();
	}
}

function workOf({ board, scene, stage, style, undo, view }: ToolRackPorts) {
	return {
		board,
		scene,
		stage,
		style,
		act: (run: () => void) => undo.act(run),
		began: () => {
			undo.begin();
			view.take();
		},
	};
}
