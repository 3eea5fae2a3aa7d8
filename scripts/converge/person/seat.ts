import * as Y from "yjs";
import { Device, type Person } from "./person.ts";

/** A user's place in a run: a device, and the pages that are open on it. */
export class Seat {
	readonly user: string;
	readonly #openPage: (name: string, device: Device) => Person;
	#device = new Device();
	#people: Person[] = [];
	#pageCount = 0;
	/** True where the device may hold what a closed page left and no open one has read. */
	#hasLeftovers = false;
	readonly #kept: Uint8Array[] = [];

	/** `openPage` makes a page that is closed to the network until it goes online. */
	constructor(user: string, openPage: (name: string, device: Device) => Person) {
		this.user = user;
		this.#openPage = openPage;
	}

	/** The open pages. */
	get people(): readonly Person[] {
		return this.#people;
	}

	/** One of the open pages by a fraction; null where none is open. */
	at(fraction: number): Person | null {
		return this.#people[Math.floor(fraction * 997) % this.#people.length] ?? null;
	}

	/** Opens a page, where none is open. */
	open(): void {
		if (this.#people.length === 0) this.#addPage();
	}

	/** Closes all pages. */
	close(): void {
		for (const person of this.#people) person.leave();
		this.#people = [];
	}

	/** Opens a second page on the same device, or closes it. */
	toggleTab(): void {
		if (this.#people.length > 1) {
			this.#people.pop()?.leave();
			this.#hasLeftovers = true;
		} else this.#addPage();
	}

	/** A page is killed. The device keeps what it has. */
	kill(person: Person): void {
		this.#people = this.#people.filter((one) => one !== person);
		this.#hasLeftovers = this.#people.length > 0;
		person.leave();
	}

	/** The device is gone with all that it kept; the user comes back with an empty one. */
	loseDevice(): void {
		this.close();
		this.#device = new Device();
		this.#hasLeftovers = false;
		this.open();
	}

	/** The server refused what the device holds: it is kept, and all pages start from there. */
	startAgain(): void {
		const all = new Y.Doc();
		const held = this.#people.map(({ doc }) => Y.encodeStateAsUpdate(doc));
		for (const update of [...this.#device.updates, ...held]) Y.applyUpdate(all, update);
		this.#kept.push(Y.encodeStateAsUpdate(all));
		all.destroy();
		this.#device.updates = [];
		this.#hasLeftovers = false;
		for (const person of this.#people) person.reload();
	}

	/** What was refused, each time all that a page held: somebody may open it again. */
	get kept(): readonly Uint8Array[] {
		return this.#kept;
	}

	/** Everything that the device had, as updates. */
	get updates(): readonly Uint8Array[] {
		return this.#device.updates;
	}

	/** Everything that the device holds is brought to the room. */
	comeHome(): void {
		this.open();
		for (const person of this.#people) person.goOnline();
		if (this.#hasLeftovers) this.#people[0]?.reload();
		this.#hasLeftovers = false;
	}

	#addPage(): void {
		const count = this.#pageCount++;
		const person = this.#openPage(count === 0 ? this.user : `${this.user}${count}`, this.#device);
		this.#people.push(person);
		person.goOnline();
	}
}
