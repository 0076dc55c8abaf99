package app

// Config is every setting there is. It is read from one TOML file, over which
// environment variables are laid; `rotatif help config` prints this very text.
type Config struct {
	Dir      string    `toml:"dir" env:"DIR" default:"rotatif-data" doc:"Folder of the embedded stores: newsroom.db, edition.db, reads.db. Made when missing, readable by its owner alone. Back up the whole folder. Not used when postgres is set. Here and everywhere else a relative path counts from the folder in which the program is started."`
	Postgres string    `toml:"postgres" env:"POSTGRES" secret:"true" doc:"Connection string of a PostgreSQL database that takes the place of the embedded stores. Give it by the environment or a file that only the program can read."`
	Site     Site      `toml:"site" envPrefix:"SITE_"`
	Desk     Desk      `toml:"desk" envPrefix:"DESK_"`
	Imprint  Imprint   `toml:"imprint" envPrefix:"IMPRINT_"`
	MostRead MostRead  `toml:"mostread" envPrefix:"MOSTREAD_"`
	Log      Log       `toml:"log" envPrefix:"LOG_"`
	Sections []Section `toml:"section" doc:"One table a section of the paper, in the order of the menu. Left out, a general newspaper's nine are used. A story that fits none goes to the first."`
	Profiles string    `toml:"profiles" env:"PROFILES" doc:"Folder with agency profiles of your own, <code>.toml; they take the place of the shipped ones of the same name. docs/agencies.md lists those."`
	Sources  []Source  `toml:"source" doc:"One table a source of the wire."`
}

// Site is the public door.
type Site struct {
	Listen   string   `toml:"listen" env:"LISTEN" default:"127.0.0.1:8080" doc:"Address on which readers are served, host:port. Put a TLS proxy before it."`
	Address  string   `toml:"address" env:"ADDRESS" doc:"The site's public address, scheme and host, as it stands in links, feeds and sitemaps. Default: http:// and listen. Requests for another host are refused with 421."`
	Hosts    []string `toml:"hosts" env:"HOSTS" doc:"Further host names that readers may come by."`
	Name     string   `toml:"name" env:"NAME" default:"Rotatif" doc:"The newspaper's name."`
	Language string   `toml:"language" env:"LANGUAGE" default:"tr" doc:"Language of the site's own words: tr or en."`
	Zone     string   `toml:"zone" env:"ZONE" default:"Europe/Istanbul" doc:"Time zone of all dates shown."`
	Country  string   `toml:"country" env:"COUNTRY" default:"TR" doc:"The paper's country, ISO 3166 letters. Agency terms that shut it out bar an item until a person decides."`
	Trusted  []string `toml:"trusted_proxies" env:"TRUSTED_PROXIES" doc:"Address blocks (CIDR) of proxies whose X-Forwarded-For is believed. Empty: none. A block that holds readers lets them claim any address."`
}

// Desk is the door of the staff.
type Desk struct {
	Listen  string   `toml:"listen" env:"LISTEN" default:"127.0.0.1:8081" doc:"Address on which the desk is served. Also answers /healthz and /metrics. Keep it off the public network or behind TLS."`
	Address string   `toml:"address" env:"ADDRESS" doc:"The desk's address as people type it. Default: http:// and listen. With https, cookies are bound to it."`
	Hosts   []string `toml:"hosts" env:"HOSTS" doc:"Further host names that the desk answers to."`

	Copies string   `toml:"killed_copies" env:"KILLED_COPIES" default:"down" doc:"What becomes of published agency words that nobody has changed when the agency kills or recalls them: down takes them down at once, hold holds them for an editor."`
	Ring   Duration `toml:"ring" env:"RING" default:"2m" doc:"A call (a kill, a notice) that nobody answers grows louder after this long, and again after as long; at the third time it is written to the log as an error. At least 1s."`
}

// Imprint is what the press law wants to be found under İletişim.
type Imprint struct {
	TradeName         string `toml:"trade_name" env:"TRADE_NAME" doc:"Trade name of the publisher."`
	Owner             string `toml:"owner" env:"OWNER" doc:"Owner (imtiyaz sahibi)."`
	ResponsibleEditor string `toml:"responsible_editor" env:"RESPONSIBLE_EDITOR" doc:"Responsible editor (sorumlu müdür)."`
	Representative    string `toml:"representative" env:"REPRESENTATIVE" doc:"Representative."`
	Publication       string `toml:"publication" env:"PUBLICATION" doc:"Kind of publication (yayın türü)."`
	Workplace         string `toml:"workplace" env:"WORKPLACE" doc:"Address of the workplace."`
	Email             string `toml:"email" env:"EMAIL" doc:"E-mail address."`
	Telephone         string `toml:"telephone" env:"TELEPHONE" doc:"Telephone."`
	ETebligat         string `toml:"e_tebligat" env:"E_TEBLIGAT" doc:"Electronic notification address (UETS or KEP)."`
	Host              string `toml:"host" env:"HOST" doc:"Name of the hosting provider."`
	HostAddress       string `toml:"host_address" env:"HOST_ADDRESS" doc:"Address of the hosting provider."`
}

// MostRead sets how reads are counted.
type MostRead struct {
	Dwell   Duration `toml:"dwell" env:"DWELL" default:"5s" doc:"How long a page must be visible before it counts as read, 1s to 60s."`
	Refresh Duration `toml:"refresh" env:"REFRESH" default:"15s" doc:"How often the lists are ranked anew, 100ms to 10m."`
	Support uint32   `toml:"support" env:"SUPPORT" default:"3" doc:"Fewest distinct readers with which a story is listed."`
}

// Log sets what is written to standard error.
type Log struct {
	Level  string `toml:"level" env:"LEVEL" default:"info" doc:"debug, info, warn or error."`
	Format string `toml:"format" env:"FORMAT" default:"text" doc:"text or json, one line an event."`
}

// Section is a part of the paper.
type Section struct {
	Slug     string   `toml:"slug" doc:"Its address: small ASCII letters, digits and hyphens."`
	TR       string   `toml:"tr" doc:"Its Turkish name."`
	EN       string   `toml:"en" doc:"Its English name."`
	Subjects []string `toml:"subjects" doc:"Agencies' subject codes that belong to it, as scheme:code."`
}

// Source is one way by which copy comes in.
type Source struct {
	Name     string   `toml:"name" doc:"Its name here: small ASCII letters, digits and hyphens."`
	Profile  string   `toml:"profile" doc:"Code of the agency's profile, such as aa or iha: what is known of it fills the settings below that are left out."`
	Provider string   `toml:"provider" doc:"Code of the agency it speaks for; items are known by (provider, id). A kill works only inside its provider. Default: profile, or name when the profile is of a format (generic-feed, generic-newsml)."`
	Agency   string   `toml:"agency" doc:"The agency as readers are told, in the credit line; default: the profile's, else provider. A profile of a format has none: name it here."`
	Kind     string   `toml:"kind" doc:"folder, poll, list, push, ftp, sftp or imap."`
	Folder   string   `toml:"folder" doc:"folder: where files are dropped. Read ones move to its subfolder done, into a folder for every day."`
	URL      string   `toml:"url" secret:"query" doc:"poll: the address asked. list: the address that the paths of the profile continue, such as https://api.aa.com.tr/abone. ftp: ftp://host/folder, ftps:// with TLS from the first byte, ftpes:// with TLS asked for before the password. sftp: sftp://host/folder. imap: imaps://host, or imap:// with TLS asked for before the password. A folder counts from where the login leads; with two slashes, from the root. Credentials belong into login_file, not here."`
	Every    Duration `toml:"every" doc:"poll, list, ftp, sftp, imap: shortest time between two calls, or looks at a list; default: the profile's, else 60s; at least 1s."`
	Slowest  Duration `toml:"slowest" doc:"poll, list, ftp, sftp, imap: longest time between two calls while nothing new comes; the pause grows towards it and falls back to every at the first copy. Default: every."`
	Account  string   `toml:"account" doc:"poll, list, ftp, sftp, imap: name of the account whose calls are counted together; sources that name the same one keep min_gap apart. Default: each source its own."`
	Gap      Duration `toml:"min_gap" doc:"poll, list, ftp, sftp, imap: shortest time between two calls of one account, whatever its sources are; the longest that any of them names holds. Default none. Agencies name it, such as 500ms or 33s."`
	Token    string   `toml:"token_sha256" doc:"push: SHA-256, in hex, of the bearer token with which POST /inbox/<name> on the desk's door is opened."`
	Secret   string   `toml:"secret_file" doc:"push: file with the key of the HMAC-SHA256 with which this source signs, at least 16 bytes. Takes the place of token_sha256."`
	Headers  string   `toml:"header_file" doc:"poll, list: file with headers that go with every call, one Name: value a line, for keys and bearer tokens."`
	Query    string   `toml:"query_file" doc:"poll, list: file with name=value lines put into the address at every call, for agencies that want credentials there. They are in no log."`
	Filter   []string `toml:"filter" doc:"list: fields of the question beside the profile's or in their place, as name=value: filter_category=2."`
	Login    string   `toml:"login_file" doc:"poll, list, ftp, sftp, imap: file with user:password, readable by the program alone. With key_file the password may be empty. Here and for the other files of secrets env:NAME names an environment variable instead."`
	Key      string   `toml:"key_file" doc:"sftp: file with the private key, without a passphrase, that signs in in place of the password."`
	HostKey  string   `toml:"host_key" doc:"sftp: fingerprint of the server's key, SHA256:..., as the agency tells it and ssh-keygen -l writes it. A server that shows another key is not spoken to."`
	Ready    string   `toml:"ready" doc:"ftp, sftp: how the agency tells that a file is whole: renamed when it gives a file its name only then, or the end of the name of a second file, such as .done. Default: a file is taken when two looks find it unchanged."`
	After    string   `toml:"after" doc:"ftp, sftp: what becomes of a file there once it is kept here: leave (default), delete or move:FOLDER."`
	Mailbox  string   `toml:"mailbox" doc:"imap: the folder that is read. Default: INBOX. Nobody else should read it."`
	From     []string `toml:"from" doc:"imap: senders whose messages are read: addresses, or @domain. Anybody can write any sender on a message: let the mail server refuse what is forged."`
	Language string   `toml:"language" doc:"Language of copy that does not name one; default: the profile's, else the site's."`
	Zone     string   `toml:"zone" doc:"Zone of times without one; default: the profile's, else the site's."`
	Charset  string   `toml:"charset" doc:"Character set of bytes that are not UTF-8; default: the profile's, else windows-1254. An old line that sends in the code page of DOS needs cp857 here."`
	Embargo  string   `toml:"empty_embargo" doc:"What an empty embargo element means: hold (default) or none."`
	Keep     Days     `toml:"keep" doc:"For how long copy is kept that nobody used, in days, such as 90d; at least 7d. Left out: for ever. Copy that was taken, killed, withheld, barred or announced, and what a person was called to, is kept in any case. Where several sources speak for one provider the longest holds, and one without keep means for ever."`
	Private  []string `toml:"private_networks" doc:"poll, list, ftp, sftp, imap: address blocks (CIDR) inside which this source may be called, for agencies on private lines."`
}
