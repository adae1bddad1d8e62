// Every limit of the wire, in one place, so that client, server and tests agree. Each says what it protects.

const KIB = 1024;
const MIB = 1024 * KIB;

/** One websocket message. A pasted book is 1 MiB; beyond this, decoding alone would stall everybody else. */
export const MESSAGE_BYTES_MAX = 8 * MIB;

/** What `ws` reads at all before it hangs up by itself: between the two we can still say why. */
export const FRAME_BYTES_MAX = 2 * MESSAGE_BYTES_MAX;

/** One person's awareness state: a name, a caret, a place. Protects everybody in the room from one of them. */
export const AWARENESS_BYTES_MAX = 16 * KIB;

/** How many awareness entries one connection may speak for: its own tabs on one device. */
export const AWARENESS_CLIENTS_MAX = 32;

/** A document as it stands, encoded. Beyond it a phone can no longer open it in a second. */
export const DOCUMENT_BYTES_MAX = 64 * MIB;

/** Bytes waiting for one slow reader before it is dropped; it catches up by state vector when it returns. */
export const BACKLOG_BYTES_MAX = 16 * MIB;

/**
 * Messages a second that are read from one connection. A fast typist sends 20; a tool that replays a history
 * sends all it has. Beyond it the connection is read more slowly, so that others' messages are read in between.
 */
export const MESSAGES_PER_SECOND_MAX = 5_000;

/** Messages that may come at once before that. */
export const MESSAGE_BURST_MAX = 20_000;

/** Connections to one document. */
export const ROOM_SESSIONS_MAX = 1_000;

/**
 * Websockets of which nobody knows yet whose they are, or that were turned away and are reading why. Beyond it new
 * ones are cut without a word: protects memory, and those who are in, from a flood of strangers.
 */
export const SOCKETS_UNADMITTED_MAX = 2_000;

/** Open connections of one token or session: a device has some dozens, a tool that follows a whole space hundreds. */
export const SOCKETS_PER_PRINCIPAL_MAX = 4_000;

/**
 * Open connections from one address. An office behind one router is hundreds of people with a dozen documents each;
 * more is a flood, and each costs some kilobytes whoever it turns out to be.
 */
export const SOCKETS_PER_ADDRESS_MAX = 8_000;

/** TCP connections from one address that is no proxy of one's own, before anything was asked over them. */
export const CONNECTIONS_PER_ADDRESS_MAX = 2 * SOCKETS_PER_ADDRESS_MAX;

/** Websockets opened from one address: everybody of that office comes back at once after a restart. */
export const OPENINGS_PER_SECOND_MAX = 100;
export const OPENING_BURST_MAX = 8_000;

/** Requests from one address, for files and the API. Protects the one thread that answers everybody. */
export const REQUESTS_PER_SECOND_MAX = 200;
export const REQUEST_BURST_MAX = 10_000;

/** The same for the API, from whoever does not show who they are. A page needs two before its person is known. */
export const STRANGER_REQUESTS_PER_SECOND_MAX = 10;
export const STRANGER_BURST_MAX = 1_000;

/** Header lines of one request, and their bytes: protects the parser's work before anything is known of the caller. */
export const HEADERS_MAX = 100;
export const HEADER_BYTES_MAX = 16 * KIB;

/** Requests over one connection before it is made anew: nobody keeps one for ever. */
export const REQUESTS_PER_CONNECTION_MAX = 1_000;

/** Points in one call of the points API. */
export const POINTS_PER_CALL_MAX = 10_000;

/** A JSON body over HTTP: 10,000 points of the longest form are under 2 MiB. */
export const BODY_BYTES_MAX = 4 * MIB;

/** How far ahead of the server's clock a point may lie: a day covers every time zone that was left out. */
export const FUTURE_MS_MAX = 24 * 60 * 60 * 1000;

/** Versions in one answer of a document's history; each is compared with the one before it. */
export const VERSIONS_PER_CALL_MAX = 50;

/** Rows of a document's log that are looked through for one page of versions: a day of ten fast typists. */
export const HISTORY_ROWS_MAX = 200_000;

/** Rows of a log that one answer about their authors covers. */
export const WRITERS_ROWS_MAX = 20_000;

/** Questions about the past that may wait: each may read a document's whole log. */
export const HISTORY_WAITING_MAX = 20;

/** Named versions of one document: more is no longer a list that somebody reads. */
export const VERSION_NAMES_MAX = 500;

/**
 * For so long after it connected, a client that would delete more than half of a document in one change is taken for one
 * that has gone wrong: the change is held back until an owner lets it through.
 */
export const NEWCOMER_MS = 10_000;

/** Smaller deletions are never held back, in Yjs clocks: a letter is one. */
export const WIPE_MIN = 500;

// A line carries the frames of a websocket over requests.

/** Lines of one token or session: a page has a dozen, a device some tabs. Each holds a session as a websocket does. */
export const LINES_PER_PRINCIPAL_MAX = 256;

/** Lines that one request waits for: all of a page. A browser keeps six connections to a host, so one must do. */
export const LINES_PER_WAIT_MAX = 128;

/** The bytes of one request or answer of a line. A longer frame goes in several. */
export const LINE_BODY_BYTES_MAX = MIB;

/** Bytes that came over a line and are not read yet. Beyond it, its sender does not wait for answers. */
export const LINE_INBOX_BYTES_MAX = 2 * MESSAGE_BYTES_MAX;

/** How long a request waits for something to be said: shorter than the patience of any proxy. */
export const LINE_WAIT_MS = 20_000;

/** A line that nobody asks for in so long is over: its device went, or sleeps. */
export const LINE_IDLE_MS = 45_000;
