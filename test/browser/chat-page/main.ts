/** The chat alone on a page, with a client that has a doc and no server. The test drives it. */
import "../../../web/ui/tokens.css";
import "../../../web/ui/base.css";
import "./page.css";
import "../../../web/chat/chat.ts";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import type { Person, PresenceState } from "../../../shared/awareness.ts";
import { type ChatDraft, say } from "../../../shared/surfaces/chat.ts";
import { chatOf } from "../../../shared/surfaces/root.ts";
import type { WeftChat } from "../../../web/chat/chat.ts";
import { Emitter } from "../../../web/sync/emitter.ts";
import type { RoomClient, RoomClientEvents } from "../../../web/sync/room-client.ts";
import type { RoomStatus } from "../../../web/sync/status.ts";

const ann: Person = { id: "g_ann", name: "Ann", color: "#c2410c" };
const people: Record<string, Person> = {
	ann,
	ben: { id: "g_ben", name: "Ben Okafor", color: "#1d4ed8" },
	noa: { id: "g_noa", name: "נועה כהן (she)", color: "#7c3aed" },
	bea: { id: "g_bea", name: "Bea", color: "#15803d" },
	cleo: { id: "g_cleo", name: "Cleo", color: "#86efac" },
};

const doc = new Y.Doc();
const awareness = new Awareness(doc);
const events = new Emitter<RoomClientEvents>();
let status: RoomStatus = { phase: "saved", atMs: 0, copy: "kept" };
let settleReady: () => void = () => undefined;

const client = {
	room: "test",
	doc,
	awareness,
	me: ann,
	get status() {
		return status;
	},
	ready: new Promise<void>((resolve) => {
		settleReady = resolve;
	}),
	rights: { onChange: () => () => undefined },
	may: () => true,
	on: events.on.bind(events),
	setPresence: (part: PresenceState) =>
		awareness.setLocalState({ ...awareness.getLocalState(), ...part }),
	people: () =>
		[...awareness.getStates()]
			.filter(([clientId]) => clientId !== doc.clientID)
			.map(([clientId, state]) => ({ clientId, state: state as PresenceState })),
	url: (path: string) => path,
	isWritable: () => true,
} as unknown as RoomClient;

let minted = 0;
const driver = {
	doc,
	unread: [] as number[],
	photos: [] as string[],
	/** The room is there. */
	ready: () => settleReady(),
	status(next: RoomStatus) {
		status = next;
		events.emit("status", next);
	},
	/** Somebody says something, as if it came from the server. */
	hear(who: string, draft: ChatDraft, at = Date.now()) {
		const person = people[who] ?? ann;
		const random = (size: number) => {
			minted += 1;
			return new Uint8Array(size).map((_, index) => (minted >> (index * 8)) & 255);
		};
		return doc.transact(() => say(chatOf(doc), draft, { person, at, random }).id, "server");
	},
	/** Values as a stranger might put them into the array. */
	push: (values: unknown[]) => chatOf(doc).push(values as object[]),
	/** Many lines at once. */
	fill(count: number, who = ["ben", "cleo", "ann"]) {
		doc.transact(() => {
			for (let index = 0; index < count; index++) {
				const at = Date.now() - (count - index) * 60_000;
				driver.hear(who[index % who.length] ?? "ben", { body: `line ${index}` }, at);
			}
		}, "server");
	},
	/** What a paste or a drop of a picture carries. */
	pictureData(base64: string) {
		const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
		const data = new DataTransfer();
		data.items.add(new File([bytes], "dot.png", { type: "image/png" }));
		return data;
	},
	present(who: string, state: PresenceState) {
		const other = new Awareness(new Y.Doc());
		const user = people[who] ?? ann;
		other.setLocalState({ user, ...state });
		applyAwarenessUpdate(awareness, encodeAwarenessUpdate(other, [other.clientID]), "server");
	},
	presence: () => awareness.getLocalState(),
};

const chat = document.createElement("weft-chat") as WeftChat;
chat.client = client;
chat.addEventListener("weft-unread", (event) =>
	driver.unread.push((event as CustomEvent<{ count: number }>).detail.count),
);
chat.addEventListener("weft-open-photo", (event) =>
	driver.photos.push((event as CustomEvent<{ photo: string }>).detail.photo),
);
document.body.append(chat);
Object.assign(globalThis, { driver });

/** What the test reaches through `page.evaluate`. */
export type ChatDriver = typeof driver;
