/** The board at work: doc, canvases, tools, undo and people in one place, without any chrome. */
import type * as Y from "yjs";
import type { Cancel } from "../../shared/clock.ts";
import type { PhotoId } from "../../shared/ids.ts";
import { strokesOf } from "../../shared/surfaces/root.ts";
import type { ItemKind } from "../../shared/surfaces/stroke-codec.ts";
import { Later } from "../sync/later.ts";
import type { RoomClient } from "../sync/room-client.ts";
import type { MessageKey } from "../ui/messages.ts";
import type { BoardPhotos } from "./board-photos.ts";
import { type Point, toBoard } from "./camera.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { Company } from "./people/company.ts";
import type { RemoteInk } from "./people/remote-ink.ts";
import { isArranged, Scene, type SceneChange } from "./scene.ts";
import { Stage } from "./stage.ts";
import type { ToolName } from "./tools/tool.ts";
import { ToolBox } from "./tools/tool-box.ts";
import { UndoSteps } from "./tools/undo.ts";
import { View } from "./view.ts";

/** What the page paints without the kit of shapes. */
const penKinds: readonly ItemKind[] = ["pen", "highlighter", "photo", "text", "note"];

/** Messages of ink: half a minute of two people who draw. */
const earlyInkMax = 1_200;

/** True for what the page shows as it is only with the kit. */
function needsKit(scene: SceneItem): boolean {
	return isArranged(scene) || !penKinds.includes(scene.item.kind);
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
	/** Somebody wants to see more of an item. */
	readonly opened: (item: SceneItem) => void;
	/** Tells the person something. */
	readonly say: (key: MessageKey) => void;
	/** Something that was asked for could not be fetched. */
	readonly missing: (error: unknown) => void;
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
	/** What is in the hand, and what is chosen. */
	readonly tools: ToolBox;
	/** Where one looks. */
	readonly view: View;
	readonly #undo: UndoSteps;
	/** Fetched when nothing waits. */
	readonly #company: Later<Company>;
	#pointer: Point | null = null;
	readonly #cancels: Cancel[] = [];
	/** Loaded with the first photo: most boards have none. */
	readonly #photos: Later<BoardPhotos>;

	constructor(client: RoomClient, ports: EaselPorts) {
		this.#client = client;
		this.#ports = ports;
		this.#board = strokesOf(client.doc);
		this.scene = new Scene(this.#board, (change) => this.#onScene(change));
		this.stage = new Stage(ports.paper, {
			items: () => this.scene.items(),
			resized: () => this.#onResize(),
		});
		this.view = new View(this.scene, this.stage);
		this.#undo = new UndoSteps(this.#board, ports.changed, (deletions) => {
			this.#company.get().then((company) => company.nameWriters(client, deletions), ports.missing);
		});
		this.#undo.isOn = client.may("board");
		this.tools = this.#openTools();
		this.#photos = new Later(client, async () => {
			const { BoardPhotos } = await import("./board-photos.ts");
			return () => new BoardPhotos(client, this.scene, this.stage);
		});
		this.#notice(this.scene.items());
		// What others draw is told once: what is told before there is somebody to show it waits.
		const early: Parameters<RemoteInk["receive"]>[0][] = [];
		const unlisten = client.on("ink", (ink) => {
			if (early.length < earlyInkMax) early.push(ink);
		});
		this.#cancels.push(unlisten);
		this.#company = new Later(client, async () => {
			const { Company } = await import("./people/company.ts");
			const { scene, stage, view } = this;
			return () => {
				const { cursors: host, changed } = ports;
				const company = new Company({ client, scene, stage, view, host, changed });
				unlisten();
				for (const ink of early.splice(0)) company.ink.receive(ink);
				company.tell(this.#pointer);
				return company;
			};
		}).begin();
		this.#cancels.push(this.stage.onCamera(ports.changed));
		this.view.welcome();
	}

	/** What takes the pointers, and the focus. */
	get paper(): HTMLElement {
		return this.#ports.paper;
	}

	/** The tool in the hand. */
	get tool(): ToolName {
		return this.tools.name;
	}

	/** CSS pixels a unit. */
	get zoom(): number {
		return this.stage.camera.zoom;
	}

	/** True where nothing is on the board, and nobody draws. */
	get isEmpty(): boolean {
		return this.scene.isEmpty && this.#company.here?.ink.isEmpty !== false;
	}

	/** True where one's own doing can be taken back. */
	get canUndo(): boolean {
		return this.#undo.canUndo;
	}

	/** True where something was taken back that can be done again. */
	get canRedo(): boolean {
		return this.#undo.canRedo;
	}

	/** Memory of the tiles, in bytes. */
	get tileBytes(): number {
		return this.stage.layer.tileBytes;
	}

	/** Who may draw no more holds nothing; who may again has the pen in the hand. */
	rightsChanged(): void {
		const mayDraw = this.#client.may("board");
		if (mayDraw === this.#undo.isOn) return;
		this.#undo.isOn = mayDraw;
		this.tools.rightsChanged();
	}

	/** Brings an item into view and chooses it. */
	pick(id: number): void {
		const item = this.scene.get(id);
		if (item === null) return;
		this.view.show(item.box);
		this.tools.choose([id]);
	}

	/** Opens a field for words that the others read at our pointer, and in the chat. */
	say(): void {
		this.#company.get().then((company) => company.say(), this.#ports.missing);
	}

	/** Takes back one's own last step. */
	undo(): void {
		this.tools.lift();
		this.#undo.undo();
	}

	/** Does again what was taken back. */
	redo(): void {
		this.tools.lift();
		this.#undo.redo();
	}

	/** Empties the board. Returns how to take that back, whatever was done since. */
	clear(): () => void {
		this.#began();
		return this.#undo.clear();
	}

	/** Chooses everything. */
	chooseAll(): void {
		this.tools.choose(this.scene.items().map(({ id }) => id));
	}

	/** Puts a photo of the room down, under a point of the screen or in the middle of the view. */
	async placePhoto(photo: PhotoId, screen?: Point): Promise<void> {
		const { size, camera } = this.stage;
		const at = toBoard(camera, screen ?? { x: size.width / 2, y: size.height / 2 });
		const photos = await this.#photos.get();
		this.#began();
		const entry = await photos.place(photo, at, (run) => this.#undo.act(run));
		const item = this.scene.itemOf(entry);
		if (item !== null) this.tools.choose([item.id]);
	}

	/** Puts new entries on top as one step, of which `then` is a part, and chooses them. */
	put(
		entries: readonly Y.Map<unknown>[],
		then: (entries: readonly Y.Map<unknown>[]) => void,
	): void {
		this.#began();
		this.#undo.act(() => {
			this.#board.push([...entries]);
			then(entries);
		});
		this.tools.choose(entries.flatMap((entry) => this.scene.itemOf(entry)?.id ?? []));
	}

	/** The style sheet's colours changed. */
	readTheme(): void {
		this.stage.readTheme();
	}

	/** Ends everything that was opened. Safe to call twice. */
	close(): void {
		this.tools.close();
		for (const cancel of this.#cancels.splice(0)) cancel();
		this.#company.close();
		this.#photos.close();
		this.#undo.close();
		this.scene.close();
		this.stage.close();
	}

	/** The own pointer is there; null where it left. */
	#point(at: Point | null): void {
		this.#pointer = at;
		this.#company.here?.tell(at);
	}

	#began(): void {
		this.#undo.begin();
		this.view.take();
	}

	#onScene(change: SceneChange): void {
		this.stage.layer.change(change);
		this.tools.refresh();
		this.#notice(change.put);
		this.view.welcome();
		this.#ports.drawn();
	}

	#onResize(): void {
		// Another surface is shown in place of the board: its pointer is nowhere.
		if (this.stage.size.width === 0) this.#point(null);
		else this.view.welcome();
		this.#ports.changed();
		this.#company.here?.resized();
	}

	/** Fetches what it takes to show items. */
	#notice(items: readonly SceneItem[]): void {
		const lack = (error: unknown) => console.warn("Not all of the board is shown:", error);
		if (items.some(({ item }) => item.photo !== null)) {
			this.#photos.get().then((photos) => photos.notice(items), lack);
		}
		if (this.tools.kit === null && (this.scene.mayHaveTwins || items.some(needsKit))) {
			this.tools.fetchKit().catch(lack);
		}
		if (items.some(({ item, words }) => item.text !== null && words === undefined)) {
			this.tools.fetchWords().catch(lack);
		}
	}

	#openTools(): ToolBox {
		return new ToolBox({
			...this.#ports,
			client: this.#client,
			board: this.#board,
			scene: this.scene,
			stage: this.stage,
			view: this.view,
			undo: this.#undo,
			pointed: (at) => this.#point(at),
		});
	}
}
