import DatelineCore
import DatelineVectors
import Glibc

/// A regularised loss whose dual has one block of variables for each document, as ``DualDescent`` sees it.
protocol DualProblem: Sendable {
  /// Documents × features.
  var rows: CSRMatrix { get }
  /// The documents that count, ascending.
  var documents: [Int32] { get }
  /// Moves the dual variables of each document, one after the other, to where they minimise the dual while those of all
  /// others rest.
  ///
  /// - Parameters:
  ///   - documents: Which documents, in which order.
  ///   - negligible: A share of the gap that is too small to be told.
  ///   - pass: What is added up.
  mutating func visit(_ documents: [Int32], negligible: Double, adding pass: inout DualPass)
  /// Lets go of the memory of what belongs to consecutive documents, where it is in temporary files.
  func release(_ documents: Range<Int>)
  /// The penalty of the weights.
  func penalty() -> Double
  /// The objective, and a bound below its minimum, as everything is now. O(one visit of all documents).
  func certificate() -> (objective: Double, dual: Double)
  /// Lets the constants' centre follow them.
  mutating func moveCenter()
}

/// What the documents of one pass added up to, each before its step.
struct DualPass {
  /// The loss.
  var loss = 0.0
  /// The gap between the primal and the dual, for the constants of the moment.
  var gap = 0.0
  /// The documents whose share of the gap was not negligible.
  var open: [Int32] = []
}

/// Coordinate descent in the dual of a linear model.
///
/// Yu, Huang & Lin, "Dual coordinate descent methods for logistic regression and maximum entropy models" (Machine
/// Learning 85, 2011), with three additions:
///
/// - Constants are not penalised. The descent holds them to a centre by a penalty as strong as that of an average
///   document's margin, and the centre follows (proximal point method; in the dual, the method of multipliers).
/// - Each document knows its share of the duality gap. Passes over all documents alternate with cheap ones over those
///   whose share is still large, which soon are few.
/// - The gap itself, not the size of the steps, tells when to stop; and the bound that proves it holds for all constants.
struct DualDescent {
  /// The largest gap, as a share of the objective.
  let tolerance: Double
  /// The most passes over all documents; a pass over some counts as much as it visits.
  let maximumPasses: Int
  /// The elements and documents that are visited at random; of more, block after block (``VisitingOrder``).
  var blockSize = VisitingOrder.standardBlockSize

  /// Cheap passes between two over all documents.
  private static let maximumPartialPasses = 20

  struct Result {
    var objective: Double
    /// A bound below the minimum.
    var dual: Double
    /// Passes over all documents.
    var passes: Double
    var isConverged: Bool
  }

  /// Minimises.
  ///
  /// - Parameters:
  ///   - problem: The problem, from wherever it stands.
  ///   - progress: Told the gap as a share of the objective now and then; returns `false` to stop.
  func minimize(_ problem: inout some DualProblem, progress: (Double) -> Bool) -> Result {
    var everything = VisitingOrder(problem.documents, rows: problem.rows, blockSize: blockSize)
    let count = problem.documents.count
    var random = SplitMix64(seed: 0)
    var visits = 0
    var objective = Double.infinity
    var share = 1.0
    while visits < maximumPasses * count, progress(share) {
      let negligible = 0.3 * tolerance * objective / Double(count)
      let pass = visit(&problem, &everything, &random, negligible: negligible)
      visits += count
      objective = pass.loss + problem.penalty()
      share = pass.gap / max(objective, .leastNormalMagnitude)
      // That is the gap from before the pass, which is several times that of after.
      if share <= 3 * tolerance {
        let result = result(problem, visits)
        if result.isConverged { return result }
        visits += count
        problem.moveCenter()
        continue
      }
      // The gap of a pass is that from before each step, so the first pass tells nothing of what remains.
      guard visits > count, pass.open.count * 4 < count * 3 else { continue }
      var open = VisitingOrder(pass.open, rows: problem.rows, blockSize: blockSize)
      for _ in 0..<DualDescent.maximumPartialPasses {
        let part = visit(&problem, &open, &random, negligible: .infinity)
        visits += pass.open.count
        if part.gap <= 0.4 * tolerance * objective { break }
      }
    }
    return result(problem, visits)
  }

  private func visit(
    _ problem: inout some DualProblem, _ order: inout VisitingOrder, _ random: inout SplitMix64, negligible: Double
  ) -> DualPass {
    var pass = DualPass()
    order.forEachBlock(&random) { documents, stretches in
      problem.visit(documents, negligible: negligible, adding: &pass)
      for stretch in stretches { problem.release(stretch) }
    }
    return pass
  }

  private func result(_ problem: some DualProblem, _ visits: Int) -> Result {
    let (objective, dual) = problem.certificate()
    return Result(
      objective: objective, dual: dual, passes: Double(visits) / Double(max(1, problem.documents.count)),
      isConverged: objective - dual <= tolerance * objective)
  }
}
