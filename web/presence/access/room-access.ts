/** Who may do what in a room, as the server says it: asked for once for all that show it. */
import type { Cancel } from "../../../shared/clock.ts";
import type { Named, RoomAccess } from "../../../shared/room-access.ts";
import { Emitter } from "../../sync/emitter.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { withFaultId } from "../../ui/forms/fault.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/rights.ts";
import { showToast } from "../../ui/toast.ts";
import { fetchAccess } from "./access-api.ts";

/** What is needed of a room. */
type AccessClient = Pick<RoomClient, "room" | "rights" | "on" | "doc">;

const known = new WeakMap<AccessClient, AccessWatch>();

/** What that client's room says of its access; it lives as long as the client. */
export function accessOf(client: AccessClient): AccessWatch {
	const access = known.get(client) ?? new AccessWatch(client);
	known.set(client, access);
	return access;
}

/** See `accessOf`. */
export class AccessWatch {
	readonly #client: AccessClient;
	readonly #fetch: typeof fetchAccess;
	readonly #events = new Emitter<{ change: undefined }>();
	#now: RoomAccess | null = null;
	/** How often was asked: only the last answer counts. */
	#askCount = 0;
	#isClosed = false;

	constructor(client: AccessClient, fetch = fetchAccess) {
		this.#client = client;
		this.#fetch = fetch;
		const ask = (): void => void this.ask();
		client.rights.onChange(ask);
		client.on("changed", ask);
		client.doc.on("destroy", () => {
			this.#isClosed = true;
			this.#events.clear();
		});
		ask();
	}

	/** Null before the first answer. */
	get now(): RoomAccess | null {
		return this.#now;
	}

	/** Calls `listen` at every answer, until cancelled. */
	onChange(listen: () => void): Cancel {
		return this.#events.on("change", listen);
	}

	/** Asks anew; without an answer what is known stays. */
	async ask(): Promise<void> {
		const askIndex = ++this.#askCount;
		try {
			const access = await this.#fetch(this.#client.room);
			if (askIndex === this.#askCount) this.#take(access);
		} catch (error) {
			// Sent away, or no network: the page says that elsewhere.
			console.info("Not asked who may do what:", error);
		}
	}

	/** Changes something; the answer holds for all. False, and said, where it was not changed. */
	async change(act: () => Promise<RoomAccess>): Promise<boolean> {
		const access = await this.act(act);
		if (access === null) return false;
		this.#askCount++;
		this.#take(access);
		return true;
	}

	/** Does something of which the answer says less. Null, and said, where it was not done. */
	async act<Done>(act: () => Promise<Done>): Promise<Done | null> {
		try {
			return await act();
		} catch (error) {
			console.info("Not changed:", error);
			showToast({ text: withFaultId(t("rights.failed"), error) });
			this.#events.emit("change", undefined); // What was pressed goes back to what holds.
			return null;
		}
	}

	#take(access: RoomAccess): void {
		if (this.#isClosed) return;
		this.#now = withNames(access);
		this.#events.emit("change", undefined);
	}
}

/** Somebody about whom a host application decided may never have been here: nobody knows a name. */
export function called<Who extends Named | null>(who: Who): Who {
	return who === null || who.name !== "" ? who : { ...who, name: t("rights.somebody") };
}

function withNames(access: RoomAccess): RoomAccess {
	const { managed } = access;
	return {
		...access,
		presenter: called(access.presenter),
		managed: managed && {
			...managed,
			owner: called(managed.owner),
			members: managed.members.map(called),
			waiting: managed.waiting.map(called),
		},
	};
}
