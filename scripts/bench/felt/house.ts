/** What is felt in: one server, one browser, and people who come and go. */
import type { Browser } from "playwright-core";
import type { Random } from "../../converge/random.ts";
import { launchChromium } from "../../converge/screen/chromium.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import type { Stage } from "../drive/stage.ts";
import { SlowPerson } from "./person.ts";
import type { Slowness } from "./slowness.ts";

/** `close()` it. */
export class House {
	readonly server: ServerProcess;
	readonly slowness: Slowness;
	readonly random: Random;
	readonly stage: Stage;
	readonly #browser: Browser;
	readonly #here: SlowPerson[] = [];
	#roomCount = 0;

	/** Starts server and browser. */
	static async open(stage: Stage): Promise<House> {
		const server = await stage.serve();
		return new House(stage, server, await launchChromium());
	}

	private constructor(stage: Stage, server: ServerProcess, browser: Browser) {
		this.stage = stage;
		this.server = server;
		this.slowness = stage.slowness;
		this.random = stage.random;
		this.#browser = browser;
	}

	/** Somebody with a fresh profile; they leave with `empty`. */
	async arrive(): Promise<SlowPerson> {
		const { server, slowness, random } = this;
		const person = await SlowPerson.arrive({ browser: this.#browser, server, slowness, random });
		this.#here.push(person);
		return person;
	}

	/** The path of a room that nobody was in. */
	newRoom(surface = "board"): string {
		return `/r/felt-${++this.#roomCount}/${surface}`;
	}

	/** Everybody leaves. */
	async empty(): Promise<void> {
		for (const person of this.#here.splice(0)) await person.leave();
	}

	/** Everybody leaves, and the browser ends; the server is the stage's. */
	async close(): Promise<void> {
		await this.empty();
		await this.#browser.close();
	}
}
