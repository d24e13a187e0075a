"""Where people answer: public pages without account, cookie or script; each page is kept as soon as it is sent."""
