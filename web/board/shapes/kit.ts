/**
 * What is fetched with the first shape: its tool, its painter, the panel to choose from, and what
 * else has its button there.
 */
import "./shapes.css";
import type { TemplateResult } from "lit";
import { placeOf } from "../../../shared/surfaces/arrange/places.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import { type ShapeKind, shapeKinds } from "../../../shared/surfaces/shapes.ts";
import type { Point } from "../camera.ts";
import { KeyedHand, type KeyedHandPorts } from "../keyed/keyed-hand.ts";
import { LaserTool } from "../laser/laser-tool.ts";
import { piecesPainter } from "../paint/pieces.ts";
import type { BoardClient } from "../people/client.ts";
import type { KitView } from "../toolbar.ts";
import type { ToolName } from "../tools/tool.ts";
import { Follower } from "./follow.ts";
import { picture, renderPanel } from "./panel.ts";
import { paintShape } from "./shape-painter.ts";
import { type ShapePorts, ShapeTool } from "./shape-tool.ts";

/** What the kit works on. */
export interface KitPorts extends Omit<ShapePorts, "kind">, KeyedHandPorts {
	readonly client: BoardClient;
	/** The pointer is there now, in board units; null where it left. */
	readonly pointed: (at: Point | null) => void;
	/** The tool in the hand. */
	readonly tool: () => ToolName;
}

/** The kit of one board. */
export class Kit implements KitView {
	/** Draws shapes. */
	readonly shape: ShapeTool;
	/** Points; it comes with the button for it. */
	readonly laser: LaserTool;
	/** Leads tools by keys. */
	readonly led: KeyedHand;
	readonly panel = renderPanel;

	constructor(ports: KitPorts) {
		const kind = (): ShapeKind => shapeKinds.find((name) => name === ports.tool()) ?? "rectangle";
		this.shape = new ShapeTool({ ...ports, kind });
		this.laser = new LaserTool(ports);
		this.led = new KeyedHand(ports);
		ports.stage.layer.paintKinds(paintShape, piecesPainter);
		const joiner = new Follower(ports.board, ports.scene);
		ports.scene.measure({ boundsOf: itemBounds, placeOf, joiner });
	}

	picture(tool: ToolName): TemplateResult | null {
		return picture(tool);
	}

	/** Nothing of it outlives the stage. */
	close(): void {
		this.shape.leave();
		this.laser.leave();
		this.led.up();
	}
}
