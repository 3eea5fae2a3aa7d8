/** The board at work: doc, canvases, tools, undo and people in one place, without any chrome. */
import type * as Y from "yjs";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { strokesOf } from "../../shared/surfaces/root.ts";
import type { Bounds } from "../../shared/surfaces/stroke-codec.ts";
import { Later } from "../sync/later.ts";
import type { RoomClient } from "../sync/room-client.ts";
import type { BoardPhotos } from "./board-photos.ts";
import { type Point, toBoard } from "./camera.ts";
import { describeBoard, type Outline } from "./outline.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import { Cursors } from "./people/cursors.ts";
import { RemoteInk } from "./people/remote-ink.ts";
import { SharedView } from "./people/shared-view.ts";
import { takePicture } from "./picture.ts";
import { Scene, type SceneChange } from "./scene.ts";
import { Stage } from "./stage.ts";
import { EraserTool } from "./tools/eraser.ts";
import { HandTool } from "./tools/hand.ts";
import { PenTool } from "./tools/pen.ts";
import { Pointers } from "./tools/pointers.ts";
import { SelectTool } from "./tools/select.ts";
import type { Tool, ToolName } from "./tools/tool.ts";
import { UndoSteps } from "./tools/undo.ts";
import { View } from "./view.ts";

/** Colour and width of the pen, by index. */
export interface PenStyle {
	readonly color: number;
	readonly width: number;
}

/** Where the easel stands and whom it tells. */
export interface EaselPorts {
	/** Holds the canvases, and takes the pointers. */
	readonly paper: HTMLElement;
	/** Holds the others' cursors. */
	readonly cursors: HTMLElement;
	/** Something that buttons show has changed. */
	readonly changed: () => void;
	/** The items on the board have changed. */
	readonly drawn: () => void;
	readonly penSeen: () => void;
	/** CSS colour of what is chosen. */
	readonly accent: () => string;
}

/** A person at the board of one room. `close()` it when they leave. */
export class Easel {
	readonly #client: RoomClient;
	readonly #ports: EaselPorts;
	readonly #board: Y.Array<unknown>;
	/** What is on the board. */
	readonly scene: Scene;
	/** Where it is drawn. */
	readonly stage: Stage;
	readonly #view: View;
	readonly #undo: UndoSteps;
	readonly #tools: Readonly<Record<ToolName, Tool>>;
	readonly #select: SelectTool;
	readonly #pointers: Pointers;
	readonly #cursors: Cursors;
	readonly #remote: RemoteInk;
	readonly #shared: SharedView;
	readonly #cancels: Cancel[] = [];
	/** Loaded with the first photo: most boards have none. */
	readonly #photos: Later<BoardPhotos>;
	#tool: ToolName;
	#before: ToolName;
	#style: PenStyle = { color: 0, width: 1 };
	#isSpaceHeld = false;
	#isBusy = false;

	constructor(client: RoomClient, ports: EaselPorts) {
		this.#client = client;
		this.#ports = ports;
		this.#tool = client.may("board") ? "pen" : "hand";
		this.#before = this.#tool;
		this.#board = strokesOf(client.doc);
		this.scene = new Scene(this.#board, (change) => this.#onScene(change));
		this.stage = new Stage(ports.paper, {
			items: () => this.scene.items(),
			resized: () => this.#onResize(),
		});
		this.#view = new View(this.scene, this.stage);
		this.#undo = new UndoSteps(this.#board, ports.changed);
		this.#undo.isOn = client.may("board");
		const eraser = new EraserTool(this.#toolPorts());
		this.#select = new SelectTool({
			...this.#toolPorts(),
			chose: ports.changed,
			color: ports.accent,
		});
		const pen = new PenTool({ ...this.#toolPorts(), client, style: () => this.#style });
		const hand = new HandTool(this.stage);
		this.#tools = { select: this.#select, hand, pen, eraser };
		this.#remote = new RemoteInk(client, this.stage, ports.changed);
		for (const overlay of [eraser, this.#remote, this.#select]) this.stage.addOverlay(overlay);
		this.#photos = new Later(client, async () => {
			const { BoardPhotos } = await import("./board-photos.ts");
			return () => new BoardPhotos(client, this.scene, this.stage);
		});
		this.#noticePhotos(this.scene.items());
		this.#cursors = new Cursors(client, this.stage, ports.cursors);
		this.#shared = new SharedView(client, this.stage, this.#view);
		this.#pointers = this.#listenToPointers(hand);
		this.#cancels.push(this.stage.onCamera(ports.changed));
		this.#view.welcome();
	}

	/** The tool in the hand. */
	get tool(): ToolName {
		return this.#tool;
	}

	/** Colour and width of the pen. */
	get style(): PenStyle {
		return this.#style;
	}

	/** CSS pixels a unit. */
	get zoom(): number {
		return this.stage.camera.zoom;
	}

	/** True where nothing is on the board, and nobody draws. */
	get isEmpty(): boolean {
		return this.scene.isEmpty && this.#remote.isEmpty;
	}

	/** True while a pointer is down. */
	get isBusy(): boolean {
		return this.#isBusy;
	}

	/** True where one's own doing can be taken back. */
	get canUndo(): boolean {
		return this.#undo.canUndo;
	}

	/** True where something was taken back that can be done again. */
	get canRedo(): boolean {
		return this.#undo.canRedo;
	}

	/** True where fingers only move the paper, because there is a pen. */
	get isPenMode(): boolean {
		return this.#pointers.isPenMode;
	}

	/** Ids of the items that are chosen. */
	get chosen(): ReadonlySet<number> {
		return this.#select.chosen;
	}

	/** Memory of the tiles, in bytes. */
	get tileBytes(): number {
		return this.stage.layer.tileBytes;
	}

	/** The board in words. */
	outline(): Outline {
		return describeBoard(this.scene, this.#client);
	}

	/** Who may draw no more holds nothing; who may again has the pen in the hand. */
	rightsChanged(): void {
		const mayDraw = this.#client.may("board");
		if (mayDraw === this.#undo.isOn) return;
		this.#undo.isOn = mayDraw;
		this.#pointers.giveUp();
		this.#take(mayDraw ? "pen" : "hand");
	}

	/** Takes a tool in the hand; the same again goes back, for hand and eraser. */
	setTool(tool: ToolName): void {
		if (!this.#undo.isOn) return;
		const isToggle = tool === this.#tool && (tool === "hand" || tool === "eraser");
		const next = isToggle ? this.#before : tool;
		if (next === this.#tool) return;
		this.#pointers.giveUp();
		this.#take(next);
	}

	/** Another colour or width; the pen is in the hand then. */
	setStyle(style: Partial<PenStyle>): void {
		this.#style = { ...this.#style, ...style };
		this.setTool("pen");
		this.#ports.changed();
	}

	/** Fingers draw again. */
	endPenMode(): void {
		this.#pointers.endPenMode();
		this.#ports.changed();
	}

	/** The uppermost item within so many CSS pixels of a point of the screen; null for none. */
	itemAt(screen: Point, reach: number): SceneItem | null {
		const { camera } = this.stage;
		return this.scene.hitAt(toBoard(camera, screen), reach / camera.zoom);
	}

	/** Brings a box of the board into view, where it is not. */
	show(box: Bounds): void {
		this.#view.show(box);
	}

	/** Brings an item into view and chooses it. */
	pick(id: number): void {
		const item = this.scene.get(id);
		if (item === null) return;
		this.show(item.box);
		this.setTool("select");
		if (this.#undo.isOn) this.#select.choose([id]);
	}

	/** Gives up what a pointer is doing: it was never meant. */
	giveUp(): void {
		this.#pointers.giveUp();
	}

	/** Takes back one's own last step. */
	undo(): void {
		this.#pointers.lift();
		this.#undo.undo();
	}

	/** Does again what was taken back. */
	redo(): void {
		this.#pointers.lift();
		this.#undo.redo();
	}

	/** Empties the board. Returns how to take that back, whatever was done since. */
	clear(): () => void {
		this.#began();
		return this.#undo.clear();
	}

	/** Deletes what is chosen. */
	erase(): void {
		this.#select.erase();
	}

	/** Moves what is chosen. True where something is. */
	nudge(by: Point): boolean {
		if (this.chosen.size === 0) return false;
		this.#select.moveBy(by);
		return true;
	}

	/** Chooses everything. */
	chooseAll(): void {
		this.setTool("select");
		this.#select.choose(this.scene.items().map(({ id }) => id));
	}

	/** Ends what is being done, else forgets what is chosen. True where there was something. */
	escape(): boolean {
		if (this.#pointers.giveUp()) return true;
		if (this.chosen.size === 0) return false;
		this.#select.choose([]);
		return true;
	}

	/** Lifts the pen wherever it is: the page is leaving. */
	lift(): void {
		this.#pointers.lift();
	}

	/** The space bar makes any tool a hand while it is held. */
	holdSpace(isHeld: boolean): void {
		this.#isSpaceHeld = isHeld;
		this.#showCursor();
	}

	/** Enlarges by one step, or by as many as `direction` says. */
	zoomBy(direction: number): void {
		this.#view.zoomBy(direction);
	}

	/** Back to 100 %. */
	zoomHome(): void {
		this.#view.zoomHome();
	}

	/** Shows everything that is on the board. */
	fit(): void {
		this.#view.fit();
	}

	/** Puts a photo of the room down, under a point of the screen or in the middle of the view. */
	async placePhoto(photo: PhotoId, screen?: Point): Promise<void> {
		const { size, camera } = this.stage;
		const at = toBoard(camera, screen ?? { x: size.width / 2, y: size.height / 2 });
		const photos = await this.#photos.get();
		this.#began();
		const entry = await photos.place(photo, at, (run) => this.#undo.act(run));
		const item = this.scene.itemOf(entry);
		if (item === null) return;
		this.setTool("select");
		this.#select.choose([item.id]);
	}

	/** A PNG of everything; null for an empty board, "failed" where the device cannot. */
	picture(): Promise<Blob | "failed" | null> {
		return takePicture(this.scene, this.stage);
	}

	/** The style sheet's colours changed. */
	readTheme(): void {
		this.stage.readTheme();
	}

	/** Ends everything that was opened. Safe to call twice. */
	close(): void {
		this.#pointers.close();
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#cursors.close();
		this.#shared.close();
		this.#photos.close();
		this.#remote.close();
		this.#undo.close();
		this.scene.close();
		this.stage.close();
	}

	#take(tool: ToolName): void {
		this.#tools[this.#tool].leave?.();
		this.#before = this.#tool;
		this.#tool = tool;
		this.#showCursor();
		this.#ports.changed();
	}

	#toolPorts() {
		return {
			board: this.#board,
			scene: this.scene,
			stage: this.stage,
			act: (run: () => void) => this.#undo.act(run),
			began: () => this.#began(),
		};
	}

	#began(): void {
		this.#undo.begin();
		this.#view.take();
	}

	#onScene(change: SceneChange): void {
		this.stage.layer.change(change);
		this.#select.refresh();
		this.#noticePhotos(change.put);
		this.#view.welcome();
		this.#ports.drawn();
	}

	#onResize(): void {
		// Another surface is shown in place of the board: its pointer is nowhere.
		if (this.stage.size.width === 0) this.#cursors.tell(null);
		else this.#view.welcome();
		this.#shared.resized();
	}

	#noticePhotos(items: readonly SceneItem[]): void {
		if (!items.some(({ item }) => item.photo !== null)) return;
		this.#photos.get().then(
			(photos) => photos.notice(items),
			(error: unknown) => console.warn("Photos on the board are not shown:", error),
		);
	}

	#listenToPointers(hand: Tool): Pointers {
		return new Pointers({
			element: this.#ports.paper,
			tool: () => this.#tools[this.#tool],
			hand,
			eraser: () => (this.#undo.isOn ? this.#tools.eraser : hand),
			camera: () => this.stage.camera,
			setCamera: (camera) => this.#view.look(camera),
			pointed: (at) => this.#cursors.tell(at),
			isSpaceHeld: () => this.#isSpaceHeld,
			penSeen: this.#ports.penSeen,
			changed: (isBusy) => {
				this.#isBusy = isBusy;
				this.#showCursor();
				this.#ports.changed();
			},
		});
	}

	#showCursor(): void {
		const tool = this.#isSpaceHeld ? this.#tools.hand : this.#tools[this.#tool];
		const isGrabbing = this.#isBusy && tool === this.#tools.hand;
		this.#ports.paper.style.cursor = isGrabbing ? "grabbing" : tool.cursor;
	}
}
