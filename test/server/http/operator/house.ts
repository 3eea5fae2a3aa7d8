/** A server without sockets, who runs it, and who else is there. */
import type { RoomRecord } from "../../../../server/store/records.ts";
import type { RoomName, UserId } from "../../../../shared/ids.ts";
import type { HerePerson } from "../../../../shared/operator.ts";
import { emptyPreview } from "../../../../shared/preview.ts";
import { createGarden } from "../../../fixtures/people/garden.ts";
import { Browser, type createTestApp } from "../../../fixtures/people/test-app.ts";

/** What everybody signs in with. */
export const password = "correct horse";

/** Ann and Ben are guests, Ada has an account, and Olga runs the server; Ann's garden is there. */
export async function createHouse(options: Parameters<typeof createTestApp>[0] = {}) {
	const garden = await createGarden(options);
	const { house } = garden;
	const signedIn = async (name: string, isAdmin: boolean) => {
		const record = await house.accounts.add({ name, password, isAdmin, invitation: null });
		const browser = new Browser(house);
		await browser.send("POST", "/api/login", { name, password });
		return { id: record.id, browser };
	};
	const ada = await signedIn("Ada", false);
	const olga = await signedIn("Olga", true);
	return {
		...garden,
		...{ ada, olga, signedIn },
		/** A room of that name, by a stock client where nothing else is said. */
		build: (name: RoomName, change: Partial<RoomRecord> = {}): Promise<void> =>
			house.records.putRoom({
				...{ name, kind: "open", madeAtMs: 1, changedAtMs: 2, preview: emptyPreview },
				madeBy: { id: "anyone" as UserId, name: "Guest" },
				...change,
			}),
		/** Somebody is in rooms. */
		seat: (
			id: UserId,
			name: string,
			rooms: readonly RoomName[],
			more: Partial<HerePerson> = {},
		) => {
			const { connected, openRooms } = house.operated;
			const plain = { color: "#0b6b5d", isSignedIn: false, isAdmin: false, socketCount: 1 };
			connected.push({ ...plain, id, name, rooms, ...more });
			for (const room of rooms) openRooms.set(room, (openRooms.get(room) ?? 0) + 1);
		},
	};
}
