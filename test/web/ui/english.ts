/** Before tests: all English words are here, as they are in a room that has loaded everything. */
import "../../../web/ui/admin/words.ts";
import "../../../web/ui/carry/alone.ts";
import "../../../web/ui/carry/words.ts";
import "../../../web/ui/messages/account.ts";
import "../../../web/ui/messages/board.ts";
import "../../../web/ui/messages/chat.ts";
import "../../../web/ui/messages/device.ts";
import "../../../web/ui/messages/frame.ts";
import "../../../web/ui/messages/help.ts";
import "../../../web/ui/messages/home.ts";
import "../../../web/ui/messages/light.ts";
import "../../../web/ui/messages/people.ts";
import "../../../web/ui/messages/photos.ts";
import "../../../web/ui/messages/rights.ts";
import "../../../web/ui/messages/shapes.ts";
import "../../../web/ui/messages/share.ts";
import "../../../web/ui/messages/text.ts";
