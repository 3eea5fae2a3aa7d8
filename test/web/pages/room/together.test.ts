import { afterEach, expect, test } from "vitest";
import { Together } from "../../../../web/pages/room/together.ts";
import { followingOf } from "../../../../web/presence/follow/following.ts";
import type { RoomClient } from "../../../../web/sync/room-client.ts";
import { type CrowdClient, crowd } from "../../presence/crowd.ts";

let room: readonly CrowdClient[] = [];
afterEach(() => {
	for (const { awareness } of room) awareness.destroy();
});

/** Ann, and Ben whom she follows; what she is shown from the moment the code is here. */
function annAndBen() {
	const [ann, ben] = crowd("Ann", "Ben") as [CrowdClient, CrowdClient];
	room = [ann, ben];
	const shown: string[] = [];
	const come = () => new Together(ann as unknown as RoomClient, (surface) => shown.push(surface));
	return { ann, ben, shown, come };
}

test("who follows somebody goes where they go, and nowhere once they part", () => {
	const { ann, ben, shown, come } = annAndBen();
	const together = come();
	followingOf(ann).start(ben.me);
	ben.setPresence({ surface: "board" });
	ben.setPresence({ surface: "photos" });
	together.part();
	ben.setPresence({ surface: "chat" });
	expect(shown).toEqual(["board", "photos"]);
});

test("who followed somebody before this code was here goes there with it", () => {
	const { ann, ben, shown, come } = annAndBen();
	ben.setPresence({ surface: "photos" });
	followingOf(ann).start(ben.me);
	come().close();
	ben.setPresence({ surface: "chat" });
	expect(shown).toEqual(["photos"]);
});
