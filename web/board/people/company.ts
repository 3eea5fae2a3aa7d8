/** The others, once the board stands: where they point, what they have chosen, what they do. */

import type { RoomClient } from "../../sync/room-client.ts";
import type { Point } from "../camera.ts";
import { OthersLasers } from "../laser/others-lasers.ts";
import type { Scene } from "../scene.ts";
import type { Stage } from "../stage.ts";
import type { View } from "../view.ts";
import { Cursors } from "./cursors.ts";
import { KeepSeen } from "./keep-seen.ts";
import { News } from "./news.ts";
import { OthersChosen } from "./others-chosen.ts";
import { RemoteInk } from "./remote-ink.ts";
import { Saying } from "./saying.ts";
import { SharedView } from "./shared-view.ts";
import { nameWriters } from "./writers.ts";

/** What company needs of a board. */
export interface CompanyPorts {
	readonly client: RoomClient;
	readonly scene: Scene;
	readonly stage: Stage;
	readonly view: View;
	/** Lies over the board. */
	readonly host: HTMLElement;
	/** Somebody begins to draw, or nobody does any more. */
	readonly changed: () => void;
}

/** The others at one board. `close()` it when the board goes. */
export class Company {
	/** What they are drawing. */
	readonly ink: RemoteInk;
	readonly #cursors: Cursors;
	readonly #shared: SharedView;
	readonly #chosen: OthersChosen;
	readonly #lasers: OthersLasers;
	readonly #news: News;
	readonly #seen: KeepSeen;
	readonly #saying: Saying;

	constructor(ports: CompanyPorts) {
		this.ink = new RemoteInk(ports.client, ports.stage, ports.changed);
		ports.stage.addOverlay(this.ink);
		this.#cursors = new Cursors(ports.client, ports.stage, ports.host);
		this.#shared = new SharedView(ports.client, ports.stage, ports.view);
		this.#chosen = new OthersChosen(ports);
		this.#lasers = new OthersLasers(ports.client, ports.stage);
		this.#seen = new KeepSeen(ports.scene, ports.stage);
		this.#news = new News({ ...ports, board: ports.host.parentElement ?? ports.host });
		this.#saying = new Saying({ ...ports, point: (at) => this.#cursors.tell(at) });
	}

	/** Our own pointer is there; null where it left the board. */
	tell(pointer: Point | null): void {
		if (this.#saying.follow(pointer)) this.#cursors.tell(pointer);
	}

	/** Opens a field for words at our pointer. */
	say(): void {
		this.#saying.open();
	}

	/** The board has another size, or none. */
	resized(): void {
		this.#seen.resized();
		this.#shared.resized();
	}

	/** See `nameWriters`. */
	readonly nameWriters = nameWriters;

	/** Safe to call twice. */
	close(): void {
		this.#saying.close();
		this.ink.close();
		this.#cursors.close();
		this.#shared.close();
		this.#chosen.close();
		this.#lasers.close();
		this.#news.close();
	}
}
