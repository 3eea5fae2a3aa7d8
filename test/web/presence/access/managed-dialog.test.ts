import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import type { RoomName } from "../../../../shared/ids.ts";
import { rightsOf } from "../../../../shared/roles.ts";
import { fetchAccess } from "../../../../web/presence/access/access-api.ts";
import { openManaged } from "../../../../web/presence/access/managed-dialog.ts";
import { KnownRights } from "../../../../web/sync/access/known-rights.ts";
import { openDialog } from "../../../../web/ui/dialog.ts";
import { ownersAccess } from "./room-accesses.ts";

vi.mock("../../../../web/ui/dialog.ts", () => ({ openDialog: vi.fn() }));
vi.mock("../../../../web/presence/access/access-api.ts", () => ({ fetchAccess: vi.fn() }));

/** What the dialog showed, one after another. */
let shown: string[] = [];

beforeEach(() => {
	shown = [];
	vi.spyOn(console, "info").mockReturnValue(undefined);
	vi.mocked(openDialog).mockImplementation(({ content }) => {
		const update = ({ strings, values }: typeof content): void => {
			const words = [...strings, ...values].join(" ");
			shown.push(words.match(/busy|cannot be read|the panel/)?.[0] ?? words);
		};
		let close = (): void => undefined;
		const closed = new Promise<void>((resolve) => {
			close = () => {
				shown.push("closed");
				resolve();
			};
		});
		update(content);
		return { element: {} as HTMLDialogElement, update, close, closed };
	});
});

afterEach(() => void vi.restoreAllMocks());

function owner() {
	const rights = new KnownRights({ memory: null, userId: "g_ann", room: "garden" });
	rights.tell({ role: "owner", rights: rightsOf("owner") });
	const room = "garden" as RoomName;
	const may = rights.may.bind(rights);
	return { room, rights, may, doc: new Y.Doc(), on: () => () => undefined };
}

async function open(client: ReturnType<typeof owner>) {
	const panel = { strings: ["the panel"], values: [] } as unknown as ReturnType<typeof Object>;
	const dialog = openManaged(client, { title: "", content: () => panel as never });
	await new Promise((turn) => setImmediate(turn));
	return dialog;
}

test("it asks when it is opened, though an earlier question was not answered", async () => {
	const client = owner();
	vi.mocked(fetchAccess).mockRejectedValue(new Error("no network"));
	const dialog = await open(client);
	expect(shown[0]).toBe("busy");
	expect(shown.at(-1)).toBe("cannot be read");
	dialog.close();
	vi.mocked(fetchAccess).mockResolvedValue(ownersAccess);
	await open(client);
	expect(shown.at(-1)).toBe("the panel");
});

test("it closes when the right to manage goes, and with the room", async () => {
	vi.mocked(fetchAccess).mockResolvedValue(ownersAccess);
	const demoted = owner();
	await open(demoted);
	demoted.rights.tell({ role: "editor", rights: rightsOf("editor") });
	expect(shown.at(-1)).toBe("closed");
	const left = owner();
	await open(left);
	left.doc.destroy();
	expect(shown.at(-1)).toBe("closed");
	shown = [];
	await open(left);
	expect(shown).toContain("closed");
});
