// decode-bench decodes one answer of RetrievePropertiesEx again and again with govmomi, for the benchmarks. It prints
// the milliseconds of each round as a JSON array.
package main

import (
	"bytes"
	"encoding/json"
	"log"
	"os"
	"strconv"
	"time"

	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
	"github.com/vmware/govmomi/vim25/xml"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 4 {
		log.Fatal("usage: decode-bench FILE ROUNDS OBJECTS")
	}
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	rounds, _ := strconv.Atoi(os.Args[2])
	objects, _ := strconv.Atoi(os.Args[3])
	var took []float64
	for range rounds {
		start := time.Now()
		var body methods.RetrievePropertiesExBody
		// The same as in soap.Client.
		decoder := xml.NewDecoder(bytes.NewReader(answer))
		decoder.TypeFunc = types.TypeFunc()
		if err := decoder.Decode(&soap.Envelope{Body: &body}); err != nil {
			log.Fatal(err)
		}
		took = append(took, float64(time.Since(start).Microseconds())/1000)
		if n := len(body.Res.Returnval.Objects); n != objects {
			log.Fatalf("%d objects of %d", n, objects)
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(took)
}
