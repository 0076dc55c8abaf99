package deskui

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
)

// quarantineRows is how many unreadable deliveries are listed.
const quarantineRows = 100

// rawShown is how much of a delivery is shown on the page.
const rawShown = 64 << 10

// quarantinePage lists deliveries that could not be read.
type quarantinePage struct {
	chrome
	Receipts []wire.Kept
}

func (d *door) quarantine(v *visit) error {
	outcome := wire.Quarantined
	receipts, err := d.Wire.Receipts(v.ctx(), wire.ReceiptFilter{Outcome: &outcome, Limit: quarantineRows})
	if err != nil {
		return err
	}
	page := quarantinePage{chrome: d.chrome(v, "quarantine", "desk.quarantine.title"), Receipts: receipts}
	return d.show(v, http.StatusOK, "quarantine.html", page)
}

// deliveryPage shows one delivery with its bytes, as text.
type deliveryPage struct {
	chrome
	Receipt wire.Kept
	Text    string
	Cut     bool
}

// Size is the length of the bytes, for people.
func (p deliveryPage) Size() string {
	n := len(p.Receipt.Raw)
	if n < 10<<10 {
		return p.N("desk.bytes", n)
	}
	return p.N("desk.kibibytes", n>>10)
}

// Outcome is the verdict's sort, for the sentence beside the buttons.
func (p deliveryPage) Outcome() string {
	if p.Receipt.Verdict.Outcome == wire.Waiting {
		return "waiting"
	}
	return string(p.Receipt.Verdict.Outcome)
}

// retry lets a delivery be read again, by what is known of its source now.
func (d *door) retry(v *visit) error {
	kept, err := d.receipt(v)
	if err != nil {
		return err
	}
	if err := d.Taster.Retry(v.ctx(), v.person, kept.ID); err != nil {
		return err
	}
	d.awaitVerdict(v, kept.ID)
	return d.leave(v, "/wire/quarantine/"+strconv.FormatInt(int64(kept.ID), 10), note{Kind: "retried"})
}

// awaitVerdict waits a moment for the new verdict, so that the page can tell it.
func (d *door) awaitVerdict(v *visit, id wire.ReceiptID) {
	updates, end := d.Updates(v.ctx())
	defer end()
	patience := time.After(2 * time.Second)
	for {
		kept, err := d.Wire.Receipts(v.ctx(), wire.ReceiptFilter{ID: id, Limit: 1})
		if err != nil || len(kept) == 0 || kept[0].Verdict.Outcome != wire.Waiting {
			return
		}
		select {
		case <-updates:
		case <-patience:
			return
		case <-v.ctx().Done():
			return
		}
	}
}

func (d *door) delivery(v *visit) error {
	kept, err := d.receipt(v)
	if err != nil {
		return err
	}
	raw := kept.Raw[:min(len(kept.Raw), rawShown)]
	page := deliveryPage{
		chrome: d.chrome(v, "quarantine", "desk.quarantine.delivery"), Receipt: kept,
		Text: clean(strings.ToValidUTF8(string(raw), "\uFFFD")), Cut: len(kept.Raw) > rawShown,
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "delivery.html", page)
}

func (d *door) receipt(v *visit) (wire.Kept, error) {
	id, err := newsroom.ParseItemID(v.r.PathValue("id")) // the same strict form
	if err != nil {
		return wire.Kept{}, err
	}
	kept, err := d.Wire.Receipts(v.ctx(), wire.ReceiptFilter{ID: wire.ReceiptID(id), Raw: true, Limit: 1})
	if err == nil && len(kept) == 0 {
		err = newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err != nil {
		return wire.Kept{}, err
	}
	return kept[0], nil
}

// deliveryRaw gives the bytes to keep, never to be shown as what they claim to be.
func (d *door) deliveryRaw(v *visit) error {
	kept, err := d.receipt(v)
	if err == nil && !kept.Expired.IsZero() {
		err = newsroom.Refuse(newsroom.NotFound, "error.not_found")
	}
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="delivery-`+strconv.FormatInt(int64(kept.ID), 10)+`.txt"`)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Content-Length", strconv.Itoa(len(kept.Raw)))
	_, _ = v.w.Write(kept.Raw) // who has gone away is not told
	return nil
}
