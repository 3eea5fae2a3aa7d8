/**
 * The page of the peers, bundled for a browser: Quill, and with `?room=NAME` y-quill and
 * y-websocket around it, set up as their READMEs say. Without a room nothing but Quill is there.
 */
import Quill from "quill";
import { QuillBinding } from "y-quill";
import { WebsocketProvider } from "y-websocket";
import { Doc } from "yjs";

const quill = new Quill("#editor", { modules: { toolbar: false } });
const room = new URLSearchParams(location.search).get("room");
if (room !== null) {
	const doc = new Doc();
	const provider = new WebsocketProvider(`ws://${location.host}/sync`, room, doc);
	new QuillBinding(doc.getText("text"), quill, provider.awareness);
}
Object.assign(globalThis, { quill });
