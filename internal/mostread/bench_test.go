package mostread_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rotatif/newsroom/internal/mostread"
)

// benchmarkReaders lets one new reader after the other be counted durably.
func benchmarkReaders(b *testing.B, r *room) {
	b.Helper()
	var n atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := r.counter.Accept(context.Background(), stranger(int(n.Add(1)))); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acks/s")
}

func BenchmarkAccept(b *testing.B) {
	for _, readers := range []int{1, 64, 512} {
		b.Run(fmt.Sprint(readers, " at a time"), func(b *testing.B) {
			r := open(b, mostread.Options{Commit: 2 * time.Millisecond})
			b.SetParallelism(readers)
			benchmarkReaders(b, r)
		})
	}
}
