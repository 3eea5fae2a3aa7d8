import { expect, test } from "vitest";
import { parseRoute } from "../../../web/pages/router.ts";

test.each([
	["/", { page: "home" }],
	["/new", { page: "new" }],
	["/new/", { page: "new" }],
	["/admin", { page: "admin" }],
	["/admin/", { page: "admin" }],
	["/admin/rooms", { page: "unknown" }],
	["/r/garden", { page: "room", room: "garden", surface: null }],
	["/r/garden/", { page: "room", room: "garden", surface: null }],
	["/r/garden/board", { page: "room", room: "garden", surface: "board" }],
	["/r/garden/chat/", { page: "room", room: "garden", surface: "chat" }],
	["/r/caf%C3%A9%20au%20lait", { page: "room", room: "café au lait", surface: null }],
	["/r/cafe%CC%81", { page: "room", room: "café", surface: null }],
	["/r/garden/attic", { page: "redirect", to: "r/garden" }],
	["/document/my-room/", { page: "redirect", to: "r/my-room/document" }],
	["/document/my-room", { page: "redirect", to: "r/my-room/document" }],
	["/drawing/my-room", { page: "redirect", to: "r/my-room/board" }],
	["/chat/newbox/", { page: "redirect", to: "r/newbox/chat" }],
	["/photos/a%20b/", { page: "redirect", to: "r/a%20b/photos" }],
	["/r/a%23b", { page: "badName", text: "a#b" }],
	["/r/a%2Fb", { page: "badName", text: "a/b" }],
	["/r/%ff", { page: "badName", text: "%ff" }],
	["/chat/..%00", { page: "badName", text: "..\u0000" }],
	["/r", { page: "unknown" }],
	["/r/garden/board/more", { page: "unknown" }],
	["/constructor/x", { page: "unknown" }],
	["/attic", { page: "unknown" }],
])("%s", (path, route) => {
	expect(parseRoute(path, "/")).toEqual(route);
});

test("below another base the same pages stand", () => {
	expect(parseRoute("/weft/", "/weft/")).toEqual({ page: "home" });
	expect(parseRoute("/weft", "/weft/")).toEqual({ page: "home" });
	expect(parseRoute("/weft/chat/newbox/", "/weft/")).toEqual({
		page: "redirect",
		to: "r/newbox/chat",
	});
	expect(parseRoute("/other/r/garden", "/weft/")).toEqual({ page: "unknown" });
});
