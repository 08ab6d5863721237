package filter

import "strings"

// nearest returns the word of the language closest to w, "" if none is close.
func nearest(w string) string {
	best, dist := "", max(1, len(w)/3)+1
	try := func(k string) {
		if len(k) < 2 || abs(len(k)-len(w)) >= dist+1 {
			return
		}
		if d := editDistance(strings.ToLower(w), k); d < dist || d == dist && best != "" && k < best {
			best, dist = k, d
		}
	}
	for k := range keywords {
		try(k)
	}
	for k := range constants {
		try(k)
	}
	return best
}

func abs(n int) int { return max(n, -n) }

// editDistance counts the letters to insert, remove, replace or swap with the
// next one to make b of a.
func editDistance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := range len(a) {
		before, prev, row := rows[i%3], rows[(i+1)%3], rows[(i+2)%3]
		row[0] = i + 1
		for j := range len(b) {
			cost := prev[j]
			if a[i] != b[j] {
				cost++
			}
			row[j+1] = min(cost, prev[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return rows[(len(a)+1)%3][len(b)]
}
