package simulator

import (
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/vmware/govmomi/vim25/types"
)

// PagedAnswers: a page of RetrievePropertiesEx has at most 100 objects, as the simulator's WaitForUpdatesEx has.
//
// RetrieveOptions.maxObjects: "PropertyCollector policy may still limit the total count of objects reported to something
// less than maxObjects." The figure is vCenter's default for updates (govmomi, simulator/property_collector.go).

const pageSize = 100

func limitPage(method *Method) {
	if req, ok := method.Body.(*types.RetrievePropertiesEx); ok {
		if req.Options.MaxObjects <= 0 || req.Options.MaxObjects > pageSize {
			req.Options.MaxObjects = pageSize
		}
	}
}

var largeAnswers atomic.Int64

// writeAnswer sends an answer, or its first half and then ends the connection: every n-th one of more than so many
// bytes, if the options say so; the administrator's never. Networks and proxies do that; a client has to tell a half
// answer from a whole one.
func writeAnswer(ctx *Context, w http.ResponseWriter, body []byte) {
	o := strictOptions.Load()
	if o != nil && o.DropEvery > 0 && ctx.Session != nil && ctx.Session.UserName != o.Administrator &&
		len(body) > o.DropAnswersOver && largeAnswers.Add(1)%int64(o.DropEvery) == 0 {
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body[:len(body)/2])
		panic(http.ErrAbortHandler)
	}
	_, _ = w.Write(body)
}
